using System.Diagnostics;
using Orca.TestKit;

namespace Orca.Tests.Build;

/// <summary>The check that a test package's build makes, started as the build starts it.</summary>
public sealed class PlanCheckTests : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string Program = Repository.PathOf("src", "Orca.PlanCheck", "bin", Configuration, "net10.0", "Orca.PlanCheck.dll");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_OfAGoodPlan_SaysNothing()
    {
        var plan = _folder.Write("orca.json", """{ "$schema": "obj/orca.schema.json", "scenarios": { "a": { "load": [ { "users": 1, "for": "1s" } ] } } }""");

        Assert.Equal((0, ""), await CheckAsync(plan));
    }

    [Fact]
    public async Task Check_OfAPlanWithProblems_WritesEachAsABuildErrorWithItsLine()
    {
        var plan = _folder.Write("orca.json", """
            {
              "scenarios": {
                "a": { "lod": [ { "users": 1, "for": "1s" } ] }
              },
              "grace": "5y"
            }
            """);

        Assert.Equal(
            (1, $"""
                {plan}(3): error ORCA100: scenarios.a.lod: 'lod' is no known key. Did you mean 'load'?
                {plan}(3): error ORCA100: scenarios.a.load: 'load' is missing. Write its stages: "load": [ {"{ \"users\": 20, \"for\": \"1m\" }"} ].
                {plan}(5): error ORCA100: grace: '5y' is no duration. Write a duration as 250ms, 30s, 1m30s, 2h or hh:mm:ss.
                """),
            await CheckAsync(plan));
    }

    [Fact]
    public async Task Check_OfWhatIsNoJson_NamesTheLine()
    {
        var plan = _folder.Write("orca.json", "{\n  \"scenarios\": {\n,\n}");

        var (exitCode, text) = await CheckAsync(plan);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{plan}(3): error ORCA100: The plan is no JSON: line 3, column 1: ", text);
    }

    [Fact]
    public async Task Check_OfAnEnvironment_NamesTheFileThatIsWrong()
    {
        var plan = _folder.Write("orca.json", """{ "scenarios": { "a": { "load": [ { "users": 1, "for": "1s" } ] } } }""");
        var good = _folder.Write("orca.test.json", """{ "seed": 1 }""");
        var bad = _folder.Write("orca.staging.json", "{\n  \"sead\": 1\n}\n");

        Assert.Equal((1, $"{bad}(2): error ORCA100: sead: 'sead' is no known key. Did you mean 'seed'?"), await CheckAsync(plan, good, bad));
    }

    [Fact]
    public async Task Check_OfAFileThatIsNotThere_SaysSo()
    {
        var (exitCode, text) = await CheckAsync(_folder.At("orca.json"));

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{_folder.At("orca.json")}: error ORCA100: The plan could not be read: ", text);
    }

    private static async Task<(int ExitCode, string Text)> CheckAsync(params string[] files)
    {
        using var check = Process.Start(new ProcessStartInfo("dotnet", ["exec", Program, .. files]) { RedirectStandardOutput = true })!;
        var text = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (check.ExitCode, text.TrimEnd());
    }
}
