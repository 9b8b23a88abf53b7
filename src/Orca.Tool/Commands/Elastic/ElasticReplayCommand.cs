using System.CommandLine;
using System.Globalization;
using Orca.Results.Elasticsearch;

namespace Orca.Tool.Commands.Elastic;

/// <summary><c>orca elastic replay</c>: stores what runs have left in the spool.</summary>
internal sealed class ElasticReplayCommand : ElasticCommand
{
    private readonly Option<string?> _spool = new("--spool") { Description = "The folder that documents wait in. Default: ~/.orca/elasticsearch.", HelpName = "folder" };
    private readonly Option<int> _most = new("--most") { Description = "How many seconds it may take.", HelpName = "seconds", DefaultValueFactory = _ => 600 };

    public ElasticReplayCommand()
        : base("replay", "Stores what runs have left because Elasticsearch was away.", "orca elastic replay --elastic https://elastic.internal:9200", "orca elastic replay --spool /var/lib/orca/elasticsearch --most 60")
    {
        Options.Add(_spool);
        Options.Add(_most);
        _most.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var seconds) && seconds is >= 1 and <= 86400))
            {
                result.AddError($"'--most {token.Value}' is no time: write whole seconds from 1 to 86400.");
            }
        });
    }

    protected override void Adjust(ParseResult parsed, ElasticsearchOptions options) => options.Spool = parsed.GetValue(_spool) ?? options.Spool;

    protected override async Task<Outcome<string>> DoAsync(ElasticsearchStore store, ParseResult parsed, CancellationToken ct)
    {
        if (!(await store.ReplayAsync(TimeSpan.FromSeconds(parsed.GetValue(_most)), ct).ConfigureAwait(false)).TryGet(out var done, out var problems))
        {
            return problems;
        }

        IEnumerable<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"Stored: {done.Stored:N0} documents."),
            .. done.Dead > 0 ? (IEnumerable<string>)[string.Create(CultureInfo.InvariantCulture, $"Never to be stored: {done.Dead:N0}, in {string.Join(", ", done.DeadLetters)}.")] : [],
            .. done.InUse.Select(folder => $"Left to the run that is at it: {folder}."),
        ];
        return string.Join(Environment.NewLine, lines);
    }
}
