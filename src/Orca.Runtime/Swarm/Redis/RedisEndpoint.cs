using System.Globalization;
using System.Net;

namespace Orca.Swarm.Redis;

/// <summary>The text form of a server's place: <c>host</c>, <c>host:port</c>, an address, or <c>[address]:port</c>.</summary>
internal static class RedisEndpoint
{
    private const int DefaultPort = 6379;

    public static bool TryParse(string? text, out EndPoint endpoint)
    {
        endpoint = null!;
        if (string.IsNullOrWhiteSpace(text) || text.Contains("://", StringComparison.Ordinal) || text.Contains(' ', StringComparison.Ordinal))
        {
            return false;
        }

        if (IPAddress.TryParse(text, out var plain))
        {
            endpoint = new IPEndPoint(plain, DefaultPort);
            return true;
        }

        var colon = text.LastIndexOf(':');
        var (host, port) = (text, DefaultPort);
        if (colon >= 0 && !text.EndsWith(']'))
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
            {
                return false;
            }

            host = text[..colon];
        }

        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            endpoint = new IPEndPoint(address, port);
            return true;
        }

        if (host.Length == 0 || host.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        // A name stays a name: it is resolved anew with every connection.
        endpoint = new DnsEndPoint(host, port);
        return true;
    }
}
