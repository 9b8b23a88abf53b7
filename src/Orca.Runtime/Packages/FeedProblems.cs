using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NuGet.Packaging.Signing;

namespace Orca.Packages;

/// <summary>Puts what NuGet throws into one clear sentence, without credentials.</summary>
internal static partial class FeedProblems
{
    /// <summary>Removes <c>user:password@</c> from every address in a text.</summary>
    public static string Redact(string text) => UserInfo().Replace(text, "***@");

    public static Problem Describe(PackageFeed feed, string action, Exception exception)
    {
        var (cause, advice) = Cause(exception);
        return new Problem($"{action} from feed {feed} failed: {cause}") { Where = feed.Address, Advice = advice };
    }

    /// <summary>The cause of a failed read of a package's file.</summary>
    public static string Corruption(Exception exception) => Redact(Innermost(exception).Message.TrimEnd('.'));

    public static bool IsCorruption(Exception exception) =>
        Chain(exception).Any(IsMalformed);

    // What NuGet's own readers throw at what somebody has written with intent.
    private static bool IsMalformed(Exception e) =>
        e is InvalidDataException or System.Xml.XmlException or NuGet.Packaging.Core.PackagingException or FormatException or ArgumentException or InvalidOperationException
            or OverflowException or NotSupportedException or EndOfStreamException or Newtonsoft.Json.JsonException;

    private static (string Cause, string? Advice) Cause(Exception exception)
    {
        foreach (var e in Chain(exception))
        {
            switch (e)
            {
                case HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired } refused:
                    return ($"it refused the request ({(int)refused.StatusCode!} {refused.StatusCode}).",
                        "Put valid credentials for it into <packageSourceCredentials> of nuget.config.");
                case HttpRequestException { StatusCode: { } status }:
                    return ($"it answered {(int)status} {status}.", "Try again once the feed is well, or disable it in nuget.config.");
                case SocketException socket:
                    return ($"it cannot be reached ({socket.Message}).", "Start the feed, correct its address, or disable it in nuget.config.");
                case TimeoutException or TaskCanceledException:
                    return ("it did not answer in time.", "Try again once the feed is well, or disable it in nuget.config.");
                case SignatureException signature:
                    return ($"its signature was refused ({Redact(signature.Results is { Count: > 0 } results ? string.Join("; ", results.SelectMany(r => r.Issues ?? []).Select(i => i.Message)) : signature.Message)}).", null);
                case var _ when IsMalformed(e):
                    return ($"the package is corrupt ({Corruption(e)}).", "Push the package to the feed again.");
                default:
                    break;
            }
        }

        return (Redact(Innermost(exception).Message), null);
    }

    private static Exception Innermost(Exception exception) => Chain(exception).Last();

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }

    [GeneratedRegex(@"(?<=://)[^/@\s'""]+@")]
    private static partial Regex UserInfo();
}
