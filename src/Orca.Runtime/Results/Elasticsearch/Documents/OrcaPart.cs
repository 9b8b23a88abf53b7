namespace Orca.Results.Elasticsearch.Documents;

/// <summary>What ECS has no words for: everything below <c>orca</c>.</summary>
internal sealed record OrcaPart
{
    public int Schema { get; init; } = 1;

    /// <summary>What the document adds up to; every chart filters on it, or it would count things twice.</summary>
    public string? Scope { get; init; }

    /// <summary><c>measured</c> or <c>warm-up</c>.</summary>
    public string? Phase { get; init; }

    public required RunPart Run { get; init; }

    public NamePart? Scenario { get; init; }

    public NamePart? Step { get; init; }

    public DronePart? Drone { get; init; }

    public long? IntervalMs { get; init; }

    public int? IntervalNumber { get; init; }

    /// <summary>The run time at which the interval begins, or at which the event happened.</summary>
    public long? ElapsedMs { get; init; }

    /// <summary>Set where the document holds what came after the intervals it belongs to had closed.</summary>
    public bool? Correction { get; init; }

    public UsersPart? Users { get; init; }

    public LoadPart? Load { get; init; }

    public IterationsPart? Iterations { get; init; }

    public RequestsPart? Requests { get; init; }

    public HttpCountsPart? Http { get; init; }

    public CountPart? Errors { get; init; }

    public BytesPart? Bytes { get; init; }

    public CheckPart? Check { get; init; }

    public MetricPart? Metric { get; init; }

    /// <summary>Response times: from the intended start. Of iterations only.</summary>
    public TimesPart? Latency { get; init; }

    /// <summary>Service times: from the actual start.</summary>
    public TimesPart? Service { get; init; }

    public TimesPart? Lateness { get; init; }

    public ThresholdsPart? Thresholds { get; init; }

    public CompletenessPart? Completeness { get; init; }
}
