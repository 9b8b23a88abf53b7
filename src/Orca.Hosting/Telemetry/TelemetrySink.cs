using Orca.Results;

namespace Orca.Hosting.Telemetry;

/// <summary>Feeds the meter with what the leader has merged.</summary>
internal sealed class TelemetrySink(OrcaTelemetry telemetry) : IRunSink
{
    private RunStarted? _started;
    private int _next;

    public string Name => "meter";

    public ValueTask BeginAsync(RunStarted started, CancellationToken ct)
    {
        _started = started;
        return default;
    }

    public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
    {
        _next = interval.Number + 1;
        Add(interval);
        return default;
    }

    /// <summary>What closed only with the run was given to no sink before.</summary>
    public ValueTask EndAsync(RunReport report, CancellationToken ct)
    {
        foreach (var interval in report.Intervals.Where(interval => interval.Number >= _next))
        {
            Add(interval);
        }

        return default;
    }

    public ValueTask EventAsync(RunEvent happened, CancellationToken ct)
    {
        if (happened.Kind == RunEventKind.DroneLost)
        {
            telemetry.DroneLost();
        }

        return default;
    }

    private void Add(RunInterval interval)
    {
        for (var i = 0; i < interval.Scenarios.Length; i++)
        {
            var scenario = _started!.Plan.Scenarios[i].Name;
            telemetry.Add(scenario, interval.Scenarios[i]);
            if (i < interval.WarmUp.Length)
            {
                telemetry.Add(scenario, interval.WarmUp[i]);
            }
        }
    }
}
