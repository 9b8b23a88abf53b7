namespace Orca.Samples.Target;

/// <summary>What the target was sent; reading it is not counted.</summary>
public sealed record TargetReading
{
    /// <summary>Gets how many HTTP requests arrived.</summary>
    public required long Requests { get; init; }

    /// <summary>Gets what each endpoint was sent, by its path; <c>(unknown)</c> stands for paths that do not exist.</summary>
    public required IReadOnlyDictionary<string, EndpointReading> Endpoints { get; init; }

    /// <summary>Gets how many connections the TCP echo accepted.</summary>
    public required long EchoConnections { get; init; }

    /// <summary>Gets how many lines the TCP echo was sent.</summary>
    public required long EchoMessages { get; init; }

    /// <summary>Gets how many HTTP requests arrived in each second since the count began.</summary>
    public required IReadOnlyList<long> RequestsPerSecond { get; init; }

    /// <summary>Gets how many lines the TCP echo was sent in each second since the count began.</summary>
    public required IReadOnlyList<long> EchoMessagesPerSecond { get; init; }
}
