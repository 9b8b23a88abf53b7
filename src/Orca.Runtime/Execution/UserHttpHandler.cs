using System.Net;

namespace Orca.Execution;

/// <summary>Sends a user's requests: adds its cookies, follows redirects, counts each exchange in its step.</summary>
internal sealed class UserHttpHandler(SimulatedUser user, UserHttp http, UserStep? step) : HttpMessageHandler
{
    private const int MostRedirects = 50;

    // The body of a short answer of known length comes with its head; a longer one, or one of unknown length, is counted as it is read.
    private const int ShortAnswer = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (step is not null)
        {
            AddDefaultHeaders(request);
        }

        var number = step?.Number ?? user.StepForHttp;
        var part = user.Part;
        for (var hop = 0; ; hop++)
        {
            http.RequireTarget(request.RequestUri!);
            AddCookies(request);
            var sent = CountSent(request);
            HttpResponseMessage response;
            try
            {
                response = await http.Connection().SendAsync(request, ct);
            }
            catch
            {
                if (!user.Load.Run.IsClosed)
                {
                    user.Load.Recorder.Http(part, number, status: 0, BytesSent(request, sent), bytesReceived: 0);
                }

                throw;
            }

            KeepCookies(request.RequestUri!, response);
            CountAnswer(request, response, new HttpExchange(user, part, number, (int)response.StatusCode, BytesSent(request, sent)));
            if (hop == MostRedirects || !HttpRedirect.TryFollow(request, response))
            {
                return response;
            }

            response.Dispose();
        }
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

    private void AddCookies(HttpRequestMessage request)
    {
        if (http.Cookies is { } cookies && cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header)
        {
            request.Headers.Remove("Cookie");
            request.Headers.TryAddWithoutValidation("Cookie", header);
        }
    }

    private void KeepCookies(Uri address, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var values))
        {
            return;
        }

        var cookies = http.CookiesToAdd();
        foreach (var value in values)
        {
            try
            {
                cookies.SetCookies(address, value);
            }
            catch (CookieException)
            {
                // A browser, too, ignores what is no cookie or is for another host.
            }
        }
    }

    private static CountingContent? CountSent(HttpRequestMessage request)
    {
        if (request.Content is null or CountingContent || request.Content.Headers.ContentLength is not null)
        {
            return request.Content as CountingContent;
        }

        var counting = new CountingContent(request.Content);
        request.Content = counting;
        return counting;
    }

    private static long BytesSent(HttpRequestMessage request, CountingContent? counting) =>
        counting?.Bytes ?? request.Content?.Headers.ContentLength ?? 0;

    private void CountAnswer(HttpRequestMessage request, HttpResponseMessage response, HttpExchange exchange)
    {
        var length = response.Content.Headers.ContentLength;
        if (request.Method == HttpMethod.Head || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified)
        {
            exchange.Count();
        }
        else if (length <= ShortAnswer)
        {
            exchange.Received(length.Value);
            exchange.Count();
        }
        else
        {
            http.Opened(exchange);
            response.Content = new CountingContent(response.Content, exchange);
        }
    }
}
