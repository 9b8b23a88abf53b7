using System.Globalization;
using Orca.Results;

namespace Orca.Tests.Swarm;

/// <summary>What a run came to under whom the ground was shaken, held against the target's own log.</summary>
internal sealed record ChaosOutcome(ProcessSwarm Swarm, RunReport Report, IReadOnlyList<long> PerSecond, long Requests)
{
    public static ChaosOutcome Of(ProcessSwarm swarm)
    {
        var reading = swarm.Target.Read();
        return new(swarm, swarm.Report(), reading.RequestsPerSecond, reading.Requests);
    }

    /// <summary>Seconds of the load in which the target had less than half of what was asked for.</summary>
    public int Gap => PerSecond.SkipWhile(count => count == 0).Take(Swarm.Seconds).Count(count => count < Swarm.Rate / 2);

    /// <summary>Never more than were due: at no time, and in all. What was late may come at once. A second's edge may fall anywhere.</summary>
    public ChaosOutcome AssertNeverTooMuch()
    {
        var start = (Report.StartTime!.Value - Swarm.TargetBegan).TotalSeconds;
        var sum = 0L;
        for (var second = 0; second < PerSecond.Count; second++)
        {
            sum += PerSecond[second];
            Assert.InRange(sum, 0, (long)Math.Clamp(Swarm.Rate * (second + 2 - start), 0, Swarm.Planned));
        }

        return this;
    }

    public ChaosOutcome AssertExact()
    {
        Assert.Equal(Requests, Report.Totals.Started);
        return this;
    }

    /// <summary>Of a drone that was killed, what it did since its last snapshot is not known.</summary>
    public ChaosOutcome AssertExactButForTheLastSnapshot()
    {
        Assert.InRange(Report.Totals.Started, Requests - (2 * Swarm.Rate / 3) - (Swarm.Rate / 3), Requests);
        return this;
    }

    /// <summary>The row of the table in docs/reliability.md.</summary>
    public void Tell(string what) => TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {Swarm.Planned:N0} | {Requests:N0} | {Report.Totals.Started:N0} | {Swarm.Planned - Requests:N0} | {Gap} s |"));
}
