namespace Orca.Execution;

/// <summary>Takes a user's requests from one of its clients to an exchange.</summary>
internal sealed class UserHttpHandler(SimulatedUser user, UserHttp http, UserStep? step) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        http.RequireTarget(request.RequestUri!);
        if (step is not null)
        {
            AddDefaultHeaders(request);
        }

        return http.Exchange().SendAsync(request, step?.Number ?? user.StepForHttp, ct);
    }

    protected override void Dispose(bool disposing)
    {
        // The connections are the user's, not the client's.
    }

    private void AddDefaultHeaders(HttpRequestMessage request)
    {
        foreach (var (name, values) in http.Client.DefaultRequestHeaders.NonValidated)
        {
            if (!request.Headers.NonValidated.Contains(name))
            {
                request.Headers.TryAddWithoutValidation(name, values);
            }
        }
    }
}
