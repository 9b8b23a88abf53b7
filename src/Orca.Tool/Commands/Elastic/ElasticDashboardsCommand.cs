using System.CommandLine;
using Orca.Results.Elasticsearch;
using Orca.Tool.Output;

namespace Orca.Tool.Commands.Elastic;

/// <summary><c>orca elastic dashboards</c>: writes Kibana's dashboards to a file, or imports them.</summary>
internal sealed class ElasticDashboardsCommand : ElasticCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The file to write, for importing by hand.", DefaultValueFactory = _ => "orca.ndjson" };
    private readonly Option<string?> _kibana = new("--kibana") { Description = "Kibana, to import into instead, over Orca__Elasticsearch__Kibana.", HelpName = "url" };
    private readonly Option<string?> _space = new("--space") { Description = "The Kibana space to import into.", HelpName = "name" };

    public ElasticDashboardsCommand()
        : base("dashboards", "Writes Kibana's data views and dashboards to a file; with --kibana imports them.", "orca elastic dashboards orca.ndjson", "orca elastic dashboards --kibana https://kibana.internal:5601 --space load")
    {
        Arguments.Add(_file);
        Options.Add(_kibana);
        Options.Add(_space);
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(_kibana) is not null)
        {
            return await base.InvokeAsync(parsed, ct).ConfigureAwait(false);
        }

        var say = new Say(json: false);
        var file = parsed.GetValue(_file)!;
        if (await ElasticsearchStore.WriteDashboardsAsync(file, ct).ConfigureAwait(false) is { } problem)
        {
            return say.Problem(problem);
        }

        say.Text($"Written: {file}. Import it in Kibana below Stack Management, Saved Objects.");
        return ExitCode.Passed;
    }

    protected override void Adjust(ParseResult parsed, ElasticsearchOptions options)
    {
        options.Kibana = parsed.GetValue(_kibana);
        options.KibanaSpace = parsed.GetValue(_space) ?? options.KibanaSpace;

        // Kibana alone is asked, but the options want a store's address too.
        options.Url = options.Url.Length > 0 ? options.Url : options.Kibana!;
    }

    protected override async Task<Outcome<string>> DoAsync(ElasticsearchStore store, ParseResult parsed, CancellationToken ct) =>
        (await store.ImportDashboardsAsync(ct).ConfigureAwait(false)).TryGet(out var imported, out var problems)
            ? string.Join(Environment.NewLine, imported.Dashboards.Prepend($"Imported: {imported.Objects} objects."))
            : problems;
}
