using System.Text.Json.Serialization;

namespace Orca.Runs.Workers.Child;

/// <summary>How a request went, or, without a number, how the load ended.</summary>
internal sealed record AnswerBody
{
    public int Request { get; init; }

    public string? What { get; init; }

    public string? Where { get; init; }

    public string? Advice { get; init; }

    /// <summary>Whether any test has a set-up for the swarm.</summary>
    public bool AnySwarmSetUp { get; init; }

    public SortedDictionary<string, string> SwarmState { get; init; } = [];

    [JsonIgnore]
    public Problem? Problem => What is null ? null : new(What) { Where = Where, Advice = Advice };

    public static AnswerBody To(int request, Problem? problem) =>
        new() { Request = request, What = problem?.What, Where = problem?.Where, Advice = problem?.Advice };
}
