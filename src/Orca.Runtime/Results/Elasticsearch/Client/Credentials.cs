using System.Net.Http.Headers;
using System.Text;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>The header that says who asks.</summary>
internal static class Credentials
{
    public static AuthenticationHeaderValue? Of(ElasticsearchOptions options) =>
        !string.IsNullOrEmpty(options.ApiKey) ? new("ApiKey", options.ApiKey.Contains(':') ? Encoded(options.ApiKey) : options.ApiKey)
        : !string.IsNullOrEmpty(options.UserName) ? new("Basic", Encoded($"{options.UserName}:{options.Password}"))
        : !string.IsNullOrEmpty(options.BearerToken) ? new("Bearer", options.BearerToken)
        : null;

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
