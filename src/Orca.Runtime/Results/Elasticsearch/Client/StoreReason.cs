using System.Text.Json;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>Finds the reason in the body of an error.</summary>
internal static class StoreReason
{
    /// <summary>The reason that Elasticsearch (<c>error.reason</c>) or Kibana (<c>message</c>) gives, or null.</summary>
    public static string? Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (root.TryGetProperty("error", out var error))
            {
                if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String)
                {
                    return reason.GetString();
                }

                if (error.ValueKind == JsonValueKind.String && !root.TryGetProperty("message", out _))
                {
                    return error.GetString();
                }
            }

            return root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
