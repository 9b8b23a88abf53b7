using System.CommandLine;
using Orca.Hosting;
using Orca.Tool.Arguments;
using Orca.Tool.Output;
using Orca.Tool.Subjects;

namespace Orca.Tool.Commands;

/// <summary><c>orca list</c>: the tests inside a package.</summary>
internal sealed class ListCommand : ExampleCommand
{
    private readonly SubjectArgument _what = new();
    private readonly FeedArguments _feeds = new();
    private readonly OutputArguments _output = new();

    public ListCommand()
        : base(
            "list",
            "Lists the tests of a package or a project, without running its code.",
            "orca list .",
            "orca list Acme.Shop.LoadTests@1.4.* --feed ./packages --json")
    {
        _what.AddTo(this);
        _feeds.AddTo(this);
        _output.AddTo(this);
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(_output.Json(parsed));
        if (!(await _what.ReadAsync(parsed, ct).ConfigureAwait(false)).TryGet(out var asked, out var problems))
        {
            return say.Problems(problems);
        }

        using var subject = asked;
        if (subject.Subject.Kind == SubjectKind.Plan)
        {
            return say.Problem(new($"'{subject.Subject.Name}' is a plan, which has no tests of its own.") { Advice = "Name the package, or its project." });
        }

        var options = new OrcaLeaderOptions();
        subject.Apply(options);
        _feeds.Apply(parsed, options);
        if (!(await PackageLook.TestsAsync(options, ct).ConfigureAwait(false)).TryGet(out var tests, out problems))
        {
            return say.Problems(problems);
        }

        if (say.Json)
        {
            say.Value([.. tests.Select(test => new TestDocument(test.Name, test.TypeName, test.Assembly, test.Description))], ToolJsonContext.Default.IReadOnlyListTestDocument);
        }
        else
        {
            say.Table(["test", "class", "description"], tests.Select(test => (IReadOnlyList<string>)[test.Name, test.TypeName, test.Description ?? ""]));
        }

        return ExitCode.Passed;
    }
}
