using static Orca.Results.Elasticsearch.Kibana.PanelValue;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>The one list of dashboards and panels.</summary>
internal static class Dashboards
{
    private const string OfRun = "orca.scope: \"run\"";
    private const string OfScenarios = "orca.scope: \"scenario\" and orca.phase: \"measured\"";
    private const string OfSteps = "orca.scope: \"step\" and orca.phase: \"measured\"";
    private const string OfDrones = "orca.scope: \"drone\"";
    private const string Latency = "orca.latency.histogram";
    private const string Service = "orca.service.histogram";
    private const string Scenario = "orca.scenario.name";
    private const string Step = "orca.step.name";
    private const string DroneId = "orca.drone.id";
    private const string RunId = "orca.run.id";

    public static IReadOnlyList<Dashboard> All { get; } =
    [
        new("orca-run", "Orca: a run", "One run: pick it above. Load, rate, response times, errors and what happened.", OneRun(), SingleRun: true),
        new("orca-compare", "Orca: runs compared", "Several runs over each other, by the time since their start.", Compared(), SingleRun: false),
        new("orca-drones", "Orca: drones", "How the machines that made the load fared.", Fleet(), SingleRun: true),
    ];

    private static Panel[] OneRun() =>
    [
        Number("Iterations", OfScenarios, SumOf("iterations", "orca.iterations.total")),
        Number("Failed", OfScenarios, ShareOf("failed", "orca.iterations.failed", "orca.iterations.total")),
        Number("Response p95", OfScenarios, PercentileOf(95, Latency)),
        Number("Response p99", OfScenarios, PercentileOf(99, Latency)),
        Number("Dropped", OfScenarios, SumOf("dropped", "orca.load.dropped")),
        Number("Missed", OfScenarios, SumOf("missed", "orca.load.missed")),
        new("Iterations per second, and what happened", PanelKind.Line, OfScenarios)
        {
            Values = [PerSecondOf("iterations/s", "orca.iterations.total")],
            By = [Scenario],
            MarksEvents = true,
            Width = 48,
        },
        new("Response time", PanelKind.Line, OfScenarios)
        {
            Values = [PercentileOf(50, Latency), PercentileOf(95, Latency), PercentileOf(99, Latency), PercentileOf(99.9, Latency)],
        },
        new("Service time", PanelKind.Line, OfScenarios)
        {
            Values = [PercentileOf(50, Service), PercentileOf(95, Service), PercentileOf(99, Service), PercentileOf(99.9, Service)],
        },
        new("Response time, all of it", PanelKind.HeatMap, OfScenarios) { Values = [new("iterations", PanelOperation.Percentile, Latency)], Width = 48, Height = 14 },
        new("Arrivals per second, asked for and started", PanelKind.Line, OfRun)
        {
            Values = [PerSecondOf("asked for", "orca.load.target"), PerSecondOf("started", "orca.load.arrivals")],
        },
        new("Dropped and missed arrivals", PanelKind.Bar, OfRun)
        {
            Values = [SumOf("dropped", "orca.load.dropped"), SumOf("missed", "orca.load.missed")],
        },
        new("Users", PanelKind.Line, OfRun)
        {
            Values = [MaxOf("active", "orca.users.active"), MaxOf("asked for", "orca.users.target")],
        },
        new("Failed iterations", PanelKind.Line, OfScenarios)
        {
            Values = [ShareOf("failed", "orca.iterations.failed", "orca.iterations.total")],
            By = [Scenario],
        },
        new("Errors of iterations, by kind", PanelKind.Bar, "orca.scope: \"error\" and orca.phase: \"measured\" and not orca.step.name: *")
        {
            Values = [SumOf("errors", "orca.errors.count")],
            By = ["error.type"],
        },
        new("HTTP responses, by status", PanelKind.Bar, "orca.scope: \"status\" and orca.phase: \"measured\"")
        {
            Values = [SumOf("responses", "orca.http.responses")],
            By = ["http.response.status_code"],
        },
        new("Steps per second", PanelKind.Line, OfSteps) { Values = [PerSecondOf("steps/s", "orca.requests.total")], By = [Step] },
        new("Service time p95 of steps", PanelKind.Line, OfSteps) { Values = [PercentileOf(95, Service)], By = [Step] },
        Steps(50, [Scenario, Step], MaxOf("max", "orca.service.max_ms", " ms"), new("received", PanelOperation.Sum, "orca.bytes.received") { Unit = "B" }),
        new("Checks", PanelKind.Table, "orca.scope: \"check\" and orca.phase: \"measured\"")
        {
            Axis = PanelAxis.None,
            By = [Scenario, "orca.check.name"],
            Top = 50,
            Values = [SumOf("passed", "orca.check.passed"), SumOf("failed", "orca.check.failed")],
        },
        new("Metrics of the test", PanelKind.Table, "orca.scope: \"metric\" and orca.phase: \"measured\"")
        {
            Axis = PanelAxis.None,
            By = [Scenario, "orca.metric.name"],
            Top = 50,
            Values =
            [
                SumOf("sum", "orca.metric.sum"),
                SumOf("values", "orca.metric.count"),
                LastOf("last", "orca.metric.last"),
                new("p95", PanelOperation.Percentile, "orca.metric.histogram") { Percentile = 95 },
                MaxOf("max", "orca.metric.max"),
            ],
        },
        new("Events", PanelKind.Table, "event.dataset: \"orca.events\"")
        {
            View = DataView.Events,
            By = ["event.action", DroneId],
            Top = 100,
            Values = [LastOf("run time", "orca.elapsed_ms", unit: " ms"), LastOf("outcome", "event.outcome", "string")],
            Width = 48,
        },
    ];

    private static Panel[] Compared() =>
    [
        new("Runs", PanelKind.Table, "orca.run.status: *")
        {
            View = DataView.Runs,
            Axis = PanelAxis.None,
            By = [RunId],
            Top = 50,
            Values =
            [
                LastOf("name", "orca.run.name", "string"),
                LastOf("status", "orca.run.status", "string"),
                LastOf("package", "service.name", "string"),
                LastOf("version", "service.version", "string"),
                LastOf("iterations", "orca.iterations.total"),
                LastOf("failed", "orca.iterations.failed"),
                LastOf("p50", "orca.latency.p50_ms", unit: " ms"),
                LastOf("p95", "orca.latency.p95_ms", unit: " ms"),
                LastOf("p99", "orca.latency.p99_ms", unit: " ms"),
                LastOf("delivered", "orca.load.delivered", unit: "%"),
                LastOf("thresholds failed", "orca.thresholds.failed"),
                LastOf("not stored", "orca.completeness.dead_letters"),
            ],
            Width = 48,
        },
        Over("Response time p50", PercentileOf(50, Latency)),
        Over("Response time p95", PercentileOf(95, Latency)),
        Over("Response time p99", PercentileOf(99, Latency)),
        Over("Iterations", SumOf("iterations", "orca.iterations.total")),
        Over("Failed iterations", ShareOf("failed", "orca.iterations.failed", "orca.iterations.total")),
        Over("Dropped arrivals", SumOf("dropped", "orca.load.dropped")),
        Steps(20, [Step, RunId]),
    ];

    private static Panel[] Fleet() =>
    [
        Drones("Processor", MaxOf("CPU", "orca.drone.cpu_pct", " %")),
        Drones("Scheduling delay p99", MaxOf("delay", "orca.drone.lag_ms", " ms")),
        Drones("Lateness p99", MaxOf("lateness", "orca.drone.lateness_ms", " ms")),
        Drones("Garbage collection pauses", SumOf("pauses (ms)", "orca.drone.gc_pause_ms")),
        Drones("Memory", MaxOf("memory", "orca.drone.memory_bytes", "B")),
        Drones("Iterations per second", PerSecondOf("iterations/s", "orca.iterations.total")),
        Drones("Dropped arrivals", SumOf("dropped", "orca.load.dropped")),
        Drones("Missed arrivals", SumOf("missed", "orca.load.missed")),
        new("Drones", PanelKind.Table, OfDrones)
        {
            Axis = PanelAxis.None,
            By = [DroneId, "host.name"],
            Top = 100,
            Values =
            [
                SumOf("iterations", "orca.iterations.total"),
                ShareOf("failed", "orca.iterations.failed", "orca.iterations.total"),
                SumOf("dropped", "orca.load.dropped"),
                SumOf("missed", "orca.load.missed"),
                MaxOf("CPU", "orca.drone.cpu_pct", " %"),
                MaxOf("scheduling delay p99", "orca.drone.lag_ms", " ms"),
                MaxOf("lateness p99", "orca.drone.lateness_ms", " ms"),
                MaxOf("memory", "orca.drone.memory_bytes", "B"),
            ],
            Width = 48,
        },
    ];

    private static Panel Number(string title, string filter, PanelValue value) =>
        new(title, PanelKind.Number, filter) { Values = [value], Axis = PanelAxis.None, Width = 8, Height = 6 };

    private static Panel Over(string title, PanelValue value) =>
        new(title, PanelKind.Line, OfScenarios) { Values = [value], Axis = PanelAxis.Elapsed, By = [RunId] };

    private static Panel Steps(int top, string[] by, params PanelValue[] more) => new("Steps", PanelKind.Table, OfSteps)
    {
        Axis = PanelAxis.None,
        By = by,
        Top = top,
        Values =
        [
            SumOf("finished", "orca.requests.total"),
            ShareOf("failed", "orca.requests.failed", "orca.requests.total"),
            PercentileOf(50, Service),
            PercentileOf(95, Service),
            PercentileOf(99, Service),
            .. more,
        ],
        Width = 48,
    };

    private static Panel Drones(string title, PanelValue value) =>
        new(title, PanelKind.Line, OfDrones) { Values = [value], By = [DroneId], Top = 20 };
}
