using System.CommandLine;
using Orca.Hosting;
using Orca.Plans;
using Orca.Results.Console;
using Orca.Tool.Arguments;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca validate</c>: says what is wrong with a plan, and runs nothing.</summary>
internal sealed class ValidateCommand : ExampleCommand
{
    private readonly SubjectArgument _what = new();
    private readonly PlanArguments _plan = new();
    private readonly FeedArguments _feeds = new();
    private readonly OutputArguments _output = new();

    public ValidateCommand()
        : base(
            "validate",
            "Checks a plan, and that its package has the tests that it names. Runs nothing.",
            "orca validate .",
            "orca validate orca.json --environment staging",
            "orca validate Acme.Shop.LoadTests@1.4.* --set quorum=10 --json")
    {
        _what.AddTo(this);
        _plan.AddTo(this);
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
        var options = new OrcaLeaderOptions();
        subject.Apply(options);
        _plan.Apply(parsed, options.Set);
        options.Environment = _plan.Environment(parsed);
        _feeds.Apply(parsed, options);
        if (!(await PackageLook.PlanAsync(options, ct).ConfigureAwait(false)).TryGet(out var plan, out problems))
        {
            return say.Problems(problems);
        }

        if (say.Json)
        {
            say.Value(
                new ValidDocument(plan.Name, plan.Package?.ToString(), [.. plan.Scenarios.Select(scenario => scenario.Name)], plan.Quorum.Min, plan.Duration.TotalMilliseconds),
                ToolJsonContext.Default.ValidDocument);
        }
        else
        {
            say.Text($"The plan '{plan.Name}' is valid: {Figures.Count(plan.Scenarios.Length, "scenario")} ({string.Join(", ", plan.Scenarios.Select(scenario => scenario.Name))}), {DurationText.Format(plan.Duration)}, {Figures.Count(plan.Quorum.Min, "drone")}.");
        }

        return ExitCode.Passed;
    }
}
