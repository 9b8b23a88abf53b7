using System.CommandLine;
using Orca.Hosting;
using Orca.Packages;
using Orca.Tool.Arguments;
using Orca.Tool.Output;
using Orca.Tool.Subjects;

namespace Orca.Tool.Commands;

/// <summary><c>orca lock</c>: pins a plan to the very bytes that its package has now.</summary>
internal sealed class LockCommand : ExampleCommand
{
    private readonly Argument<string> _plan = new("plan") { Description = "The plan file; it names its package." };
    private readonly FeedArguments _feeds = new();
    private readonly OutputArguments _output = new();

    public LockCommand()
        : base(
            "lock",
            "Writes a lock beside a plan: the plan then runs those very bytes, whatever the feeds have by then.",
            "orca lock orca.json",
            "orca lock nightly.json --feed ./packages")
    {
        Arguments.Add(_plan);
        _feeds.AddTo(this);
        _output.AddTo(this);
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(_output.Json(parsed));
        if (!SubjectText.Read(parsed.GetValue(_plan)!).TryGet(out var subject, out var problems))
        {
            return say.Problems(problems);
        }

        if (subject.Kind != SubjectKind.Plan)
        {
            return say.Problem(new($"'{parsed.GetValue(_plan)}' is no plan file, and a lock lies beside one.") { Advice = "Name the plan file; it names its package." });
        }

        var options = new OrcaLeaderOptions { Plan = subject.Name };
        _feeds.Apply(parsed, options);
        if (!(await PackageLook.PlanAsync(options, ct, writesLock: true).ConfigureAwait(false)).TryGet(out var plan, out problems))
        {
            return say.Problems(problems);
        }

        if (plan.Package is null)
        {
            return say.Problem(new($"The plan {subject.Name} names no package, so there is nothing to lock.") { Advice = "Name it: \"package\": \"Acme.Shop.LoadTests@1.4.*\"." });
        }

        var file = PackageLockFile.Beside(subject.Name);
        if (say.Json)
        {
            say.Value(new LockDocument(file), ToolJsonContext.Default.LockDocument);
        }
        else
        {
            say.Text($"Locked: {file}. Keep it under version control; delete it to resolve anew.");
        }

        return ExitCode.Passed;
    }
}
