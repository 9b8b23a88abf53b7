using System.Collections.Immutable;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Credentials;
using NuGet.Packaging.Signing;
using NuGet.Protocol;

namespace Orca.Packages;

/// <summary>The feeds that are configured, with source mapping and signature policy.</summary>
internal sealed class PackageFeeds
{
    private readonly PackageSourceMapping _mapping;
    private readonly int _extra;

    private PackageFeeds(ImmutableArray<PackageFeed> all, int extra, PackageSourceMapping mapping, ClientPolicyContext signatures) =>
        (All, _extra, _mapping, Signatures) = (all, extra, mapping, signatures);

    /// <summary>All feeds, the extra ones first.</summary>
    public ImmutableArray<PackageFeed> All { get; }

    public ClientPolicyContext Signatures { get; }

    public static Outcome<PackageFeeds> Open(PackageOptions options)
    {
        if (!Path.IsPathFullyQualified(options.ConfigurationRoot))
        {
            // NuGet finds nothing from a relative path, and says nothing.
            return new Problem($"Looking for nuget.config failed: '{options.ConfigurationRoot}' is no absolute path.");
        }

        try
        {
            var settings = Settings.LoadDefaultSettings(options.ConfigurationRoot);
            var extra = options.ExtraFeeds.Select(feed => Extra(feed, options.ConfigurationRoot)).ToList();
            List<PackageSource> sources = [.. extra];
            if (!options.OnlyExtraFeeds)
            {
                sources.AddRange(PackageSourceProvider.LoadPackageSources(settings).Where(source => source.IsEnabled && !extra.Any(e => e.Source == source.Source)));
            }

            var problems = Check(sources, options);
            if (!problems.IsEmpty)
            {
                return problems;
            }

            LetCredentialProvidersAnswer();
            return new PackageFeeds(
                [.. sources.Select(source => new PackageFeed(source))],
                extra.Count,
                PackageSourceMapping.GetPackageSourceMapping(settings),
                ClientPolicyContext.GetClientPolicy(settings, NullLogger.Instance));
        }
        catch (Exception e) when (e is NuGetConfigurationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Problem($"Reading nuget.config, from '{options.ConfigurationRoot}' upwards, failed: {FeedProblems.Redact(e.Message)}")
            {
                Advice = "Correct the file that it names.",
            };
        }
    }

    /// <summary>Whether a feed may serve a package; extra feeds stand outside source mapping.</summary>
    public bool Serves(PackageFeed feed, string id) =>
        All.IndexOf(feed) < _extra
        || !_mapping.IsEnabled
        || _mapping.GetConfiguredPackageSources(id).Contains(feed.Source.Name, StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<PackageFeed> For(string id) => [.. All.Where(feed => Serves(feed, id))];

    /// <summary>The feeds that were asked for a package, as problems name them.</summary>
    public string Asked(string id) => For(id) is { IsEmpty: false } feeds
        ? string.Join(", ", feeds)
        : "none: <packageSourceMapping> of nuget.config lets no feed serve it";

    private static PackageSource Extra(string feed, string root)
    {
        var isWeb = Uri.TryCreate(feed, UriKind.Absolute, out var uri) && !uri.IsFile;
        var address = isWeb ? feed : Path.GetFullPath(uri is { IsFile: true } ? uri.LocalPath : feed, root);
        return new PackageSource(address, address);
    }

    private static ImmutableArray<Problem> Check(List<PackageSource> sources, PackageOptions options)
    {
        if (sources.Count == 0)
        {
            return [new Problem($"No package feed is configured, from '{options.ConfigurationRoot}' upwards.") { Advice = "Add one to nuget.config." }];
        }

        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var source in sources)
        {
            var name = new PackageFeed(source);
            if (source.IsHttp && !source.IsHttps && !source.AllowInsecureConnections)
            {
                problems.Add(new Problem($"Feed {name} is plain http, where anyone on the way can change packages.")
                {
                    Where = name.Address,
                    Advice = "Use https, or set allowInsecureConnections=\"true\" on the source in nuget.config.",
                });
            }
            else if (source.IsLocal && !Directory.Exists(source.Source))
            {
                problems.Add(new Problem($"Feed {name} is a folder that does not exist.")
                {
                    Where = name.Address,
                    Advice = "Create the folder, or correct or remove the source in nuget.config.",
                });
            }
        }

        return problems.ToImmutable();
    }

    // Process-wide in NuGet; whoever set one before is left alone.
    private static void LetCredentialProvidersAnswer()
    {
        if (HttpHandlerResourceV3.CredentialService is null)
        {
            DefaultCredentialServiceUtility.SetupDefaultCredentialService(NullLogger.Instance, nonInteractive: true);
        }
    }
}
