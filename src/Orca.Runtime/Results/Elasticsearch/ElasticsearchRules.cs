using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Orca.Results.Elasticsearch.Client;

namespace Orca.Results.Elasticsearch;

/// <summary>Finds what is wrong with options before anything is tried with them.</summary>
internal static partial class ElasticsearchRules
{
    private const long LeastSpool = 1 << 20;

    private static readonly TimeSpan LeastTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostDrain = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<Problem> ProblemsOf(ElasticsearchOptions options)
    {
        List<Problem> problems = [];
        Check(problems, "Url", AddressProblem(options.Url));
        if (!string.IsNullOrWhiteSpace(options.Kibana))
        {
            Check(problems, "Kibana", AddressProblem(options.Kibana));
        }

        Check(problems, "ApiKey", CredentialsProblem(options));
        Check(problems, "CaFile", CaProblem(options.CaFile));
        Check(problems, "Fingerprint", string.IsNullOrWhiteSpace(options.Fingerprint) || ServerTrust.FingerprintOf(options.Fingerprint) is not null
            ? null : $"is '{options.Fingerprint}'; it must be the 64 hexadecimal digits of a certificate's SHA-256 hash");
        Check(problems, "Namespace", options.Namespace is not { Length: > 0 } name || ValidNamespace().IsMatch(name)
            ? null : $"is '{options.Namespace}'; it must be 1 to 80 of a-z, 0-9, '.', '_' and '-', and begin with a letter or digit");
        Check(problems, "KibanaSpace", options.KibanaSpace is not { Length: > 0 } space || ValidSpace().IsMatch(space)
            ? null : $"is '{options.KibanaSpace}'; it must be the identifier of a space: a-z, 0-9, '_' and '-'");
        Check(problems, "Spool", string.IsNullOrWhiteSpace(options.Spool) ? "is empty; name the folder that documents wait in" : null);
        Check(problems, "SpoolLimit", options.SpoolLimit < LeastSpool ? $"is {options.SpoolLimit}; it must be at least {LeastSpool} bytes" : null);
        Check(problems, "RequestTimeout", options.RequestTimeout < LeastTimeout || options.RequestTimeout > MostTimeout
            ? $"is {options.RequestTimeout}; it must be 100 ms to 10 minutes" : null);
        Check(problems, "Drain", options.Drain < TimeSpan.Zero || options.Drain > MostDrain ? $"is {options.Drain}; it must be 0 to 30 s" : null);
        Check(problems, "Retention", RetentionProblem(options.Retention));
        Check(problems, "EventRetention", RetentionProblem(options.EventRetention));
        return problems;
    }

    /// <summary>The addresses of a list, each without a slash at its end.</summary>
    public static IReadOnlyList<Uri> AddressesOf(string? list) =>
        [.. (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(address => new Uri(address.TrimEnd('/') + "/"))];

    private static void Check(List<Problem> problems, string option, string? fault)
    {
        if (fault is not null)
        {
            problems.Add(new($"{ElasticsearchOptions.Section}:{option} {fault}."));
        }
    }

    private static string? AddressProblem(string? list)
    {
        var addresses = (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0)
        {
            return "is not set; give an address such as https://elastic.example:9200";
        }

        foreach (var address in addresses)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                return $"has '{Plans.Redaction.Of(address)}', which is no http or https address";
            }

            if (uri.UserInfo.Length > 0)
            {
                return $"has credentials in '{uri.Host}'; set UserName and Password instead";
            }

            if (uri.Query.Length + uri.Fragment.Length > 0)
            {
                return $"has '{address}'; an address ends with its host, port or path";
            }
        }

        return null;
    }

    private static string? CredentialsProblem(ElasticsearchOptions options)
    {
        var basic = !string.IsNullOrEmpty(options.UserName) || !string.IsNullOrEmpty(options.Password);
        if ((string.IsNullOrEmpty(options.ApiKey) ? 0 : 1) + (basic ? 1 : 0) + (string.IsNullOrEmpty(options.BearerToken) ? 0 : 1) > 1)
        {
            return "is one of several credentials; set only one of ApiKey, UserName with Password, and BearerToken";
        }

        return basic && (string.IsNullOrEmpty(options.UserName) || string.IsNullOrEmpty(options.Password))
            ? "is not set, and of UserName and Password there is only one; set both" : null;
    }

    private static string? CaProblem(string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            return null;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? null : $"is '{file}', which holds no certificate in PEM form";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"is '{file}', which cannot be read: {error.Message.TrimEnd('.')}";
        }
    }

    private static string? RetentionProblem(TimeSpan retention) => retention < TimeSpan.FromDays(1) ? $"is {retention}; it must be at least a day" : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,79}$")]
    private static partial Regex ValidNamespace();

    [GeneratedRegex("^[a-z0-9_-]{1,100}$")]
    private static partial Regex ValidSpace();
}
