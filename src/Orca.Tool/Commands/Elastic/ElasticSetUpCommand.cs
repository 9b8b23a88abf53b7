using System.CommandLine;
using Orca.Results.Elasticsearch;

namespace Orca.Tool.Commands.Elastic;

/// <summary><c>orca elastic setup</c>: templates, streams and index.</summary>
internal sealed class ElasticSetUpCommand : ElasticCommand
{
    private readonly Option<string> _swarm = new("--swarm") { Description = "The swarm whose streams are made.", HelpName = "name", DefaultValueFactory = _ => "default" };

    public ElasticSetUpCommand()
        : base("setup", "Makes the templates, streams and index that runs are stored in; doing it again changes nothing.", "orca elastic setup --elastic https://elastic.internal:9200 --swarm nightly") =>
        Options.Add(_swarm);

    protected override async Task<Outcome<string>> DoAsync(ElasticsearchStore store, ParseResult parsed, CancellationToken ct)
    {
        if (!(await store.SetUpAsync(parsed.GetValue(_swarm)!, ct).ConfigureAwait(false)).TryGet(out var done, out var problems))
        {
            return problems;
        }

        IEnumerable<string> lines =
        [
            done.Server,
            .. done.Done.IsEmpty ? (IEnumerable<string>)["All was there already."] : done.Done,
            .. done.Reduced ? (IEnumerable<string>)["It has no histograms: charts get percentiles of intervals only."] : [],
        ];
        return string.Join(Environment.NewLine, lines);
    }
}
