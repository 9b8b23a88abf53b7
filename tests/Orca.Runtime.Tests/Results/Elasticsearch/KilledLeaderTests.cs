using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>A leader in a process of its own, killed in mid-flush again and again, each time with another one going on where it was.</summary>
public sealed class KilledLeaderTests
{
    private const int Intervals = 60;

    private static readonly string Leader = typeof(KilledLeaderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "TestLeader").Value!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leader_KilledInMidFlushAndStartedAgain_LosesAndDoublesNothing()
    {
        await using var setting = await StoreSetting.StartAsync();
        var random = new Random(4);
        var next = 0;
        for (var life = 0; life < 3; life++)
        {
            // Some requests are applied and not answered: those are under way when the leader is killed.
            setting.Server.Fault = _ => random.Next(2) == 0 ? new() { NeverAnswers = true } : null;
            next = await LiveAsync(setting, next, upTo: next + 15);

            // What was stored so far is on a backing index that ids are no longer looked for in.
            setting.Server.State.RollOver("orca-intervals-default");
        }

        setting.Server.Fault = null;
        await LiveAsync(setting, next, upTo: null);

        Assert.Equal(StoreSetting.Expected(new SyntheticRun(drones: 5, steps: 6, intervals: Intervals)), setting.Stored);
        Assert.Empty(setting.Spooled);
    }

    /// <summary>Runs a leader to its end, or kills it once it has begun an interval and a request is under way; the interval that the next one begins with.</summary>
    private static async Task<int> LiveAsync(StoreSetting setting, int first, int? upTo)
    {
        using var leader = Process.Start(new ProcessStartInfo
        {
            FileName = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            ArgumentList = { Leader, setting.Server.Url, setting.Spool, first.ToString(CultureInfo.InvariantCulture), Intervals.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var reached = first;
            var calls = setting.Server.BulkCalls;
            while (await leader.StandardOutput.ReadLineAsync(Token) is { } line)
            {
                reached = int.Parse(line, CultureInfo.InvariantCulture);
                if (reached >= upTo && setting.Server.BulkCalls > calls)
                {
                    leader.Kill();
                    await leader.WaitForExitAsync(Token);
                    return reached;
                }
            }

            await leader.WaitForExitAsync(Token);
            var errors = await leader.StandardError.ReadToEndAsync(Token);
            Assert.True(upTo is null && leader.ExitCode == 0, $"The leader ended with {leader.ExitCode} at interval {reached}: {errors}");
            return reached;
        }
        finally
        {
            if (!leader.HasExited)
            {
                leader.Kill();
            }
        }
    }
}
