using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Orca.Hosting;
using Orca.Results.Elasticsearch;
using Orca.Tool.Commands;

namespace Orca.Tool.Arguments;

/// <summary>The store that runs go to beside their report, where there is one.</summary>
internal sealed class ElasticArguments
{
    private readonly Option<string?> _url = new("--elastic")
    {
        Description = "Elasticsearch or OpenSearch, over Orca__Elasticsearch__Url; several nodes with commas. Credentials come from the environment: Orca__Elasticsearch__ApiKey and so on.",
        HelpName = "url",
    };

    public void AddTo(Command command) => command.Options.Add(_url);

    /// <summary>Stores what the leader runs, where a store was named here or in the environment.</summary>
    public void Apply(ParseResult parsed, IConfiguration configuration, OrcaLeaderBuilder leader)
    {
        if (parsed.GetValue(_url) is { } url)
        {
            leader.AddElasticsearch(options => options.Url = url);
        }
        else if (!string.IsNullOrWhiteSpace(configuration[$"{ElasticsearchOptions.Section}:{nameof(ElasticsearchOptions.Url)}"]))
        {
            leader.AddElasticsearch();
        }
    }

    /// <summary>The store's options, for what is done apart from runs.</summary>
    public Outcome<ElasticsearchOptions> Options(ParseResult parsed)
    {
        var options = new ElasticsearchOptions();
        try
        {
            ToolHost.Create(ToolHost.LevelOf(verbose: false)).Configuration.Bind(ElasticsearchOptions.Section, options);
        }
        catch (InvalidOperationException e)
        {
            // What cannot be read as the option's type says which option it is.
            return new Problem(e.Message);
        }

        options.Url = parsed.GetValue(_url) ?? options.Url;
        return options;
    }
}
