using System.CommandLine;
using Orca.Results.Elasticsearch;
using Orca.Tool.Arguments;
using Orca.Tool.Output;

namespace Orca.Tool.Commands.Elastic;

/// <summary>A command about the store of runs, apart from any run.</summary>
internal abstract class ElasticCommand : ExampleCommand
{
    private readonly ElasticArguments _elastic = new();

    protected ElasticCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description, examples) => _elastic.AddTo(this);

    public static Command Group() => new ExampleGroup(
        "elastic",
        "Sets up Elasticsearch and Kibana for runs, and stores what was left of runs.",
        "orca elastic setup --elastic https://elastic.internal:9200",
        "orca elastic replay")
    {
        new ElasticSetUpCommand(),
        new ElasticDashboardsCommand(),
        new ElasticReplayCommand(),
    };

    protected abstract Task<Outcome<string>> DoAsync(ElasticsearchStore store, ParseResult parsed, CancellationToken ct);

    protected virtual void Adjust(ParseResult parsed, ElasticsearchOptions options)
    {
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(json: false);
        if (!_elastic.Options(parsed).TryGet(out var options, out var problems))
        {
            return say.Problems(problems);
        }

        Adjust(parsed, options);
        if (!ElasticsearchStore.Of(options).TryGet(out var store, out problems)
            || !(await DoAsync(store, parsed, ct).ConfigureAwait(false)).TryGet(out var text, out problems))
        {
            return say.Problems(problems);
        }

        say.Text(text);
        return ExitCode.Passed;
    }
}
