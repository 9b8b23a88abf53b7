using System.CommandLine;
using Orca.Hosting;

namespace Orca.Tool.Arguments;

/// <summary>Where packages come from.</summary>
internal sealed class FeedArguments
{
    private readonly Option<string[]> _feeds = new("--feed", "-f") { Description = "A feed beside those of nuget.config: a folder or a v3 address. May be given several times.", HelpName = "feed", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _cache = new("--cache") { Description = "The folder that packages are kept in. Default: ~/.orca/packages.", HelpName = "folder" };

    public void AddTo(Command command)
    {
        command.Options.Add(_feeds);
        command.Options.Add(_cache);
    }

    public void Apply(ParseResult parsed, OrcaMemberOptions options)
    {
        foreach (var feed in parsed.GetValue(_feeds)!)
        {
            options.Feeds.Add(Absolute(feed));
        }

        options.Cache = parsed.GetValue(_cache) ?? options.Cache;
    }

    // A folder is meant from here, wherever nuget.config lies.
    private static string Absolute(string feed) =>
        Uri.TryCreate(feed, UriKind.Absolute, out var uri) && !uri.IsFile ? feed : Path.GetFullPath(feed);
}
