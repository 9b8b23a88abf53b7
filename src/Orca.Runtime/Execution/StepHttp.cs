namespace Orca.Execution;

/// <summary>The client of one step: the user's own in every setting, counted in that step.</summary>
internal sealed class StepHttp(SimulatedUser user, UserStep step)
{
    private HttpClient? _client;

    public HttpClient Client
    {
        get
        {
            var model = user.Http;
            if (_client is { } made && made.Timeout == model.Timeout && made.BaseAddress == model.BaseAddress
                && made.DefaultRequestVersion == model.DefaultRequestVersion && made.DefaultVersionPolicy == model.DefaultVersionPolicy
                && made.MaxResponseContentBufferSize == model.MaxResponseContentBufferSize)
            {
                return made;
            }

            var client = user.OwnHttp.NewClient(step);
            (client.Timeout, client.BaseAddress) = (model.Timeout, model.BaseAddress);
            (client.DefaultRequestVersion, client.DefaultVersionPolicy) = (model.DefaultRequestVersion, model.DefaultVersionPolicy);
            client.MaxResponseContentBufferSize = model.MaxResponseContentBufferSize;
            return _client = client;
        }
    }
}
