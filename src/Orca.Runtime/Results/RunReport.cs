using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orca.Results;

/// <summary>The one value that every sink gets at the end of a run; JSON schema <c>orca.report/1</c>.</summary>
public sealed record RunReport
{
    /// <summary>The schema that reports are written by.</summary>
    public const string CurrentSchema = "orca.report/1";

    /// <summary>Gets the schema. Default: <see cref="CurrentSchema"/>.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the plan's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gets the swarm's name.</summary>
    public string Swarm { get; init; } = "";

    /// <summary>Gets what the run came to.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Gets the exit code that a runner of this run ends with.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Gets every reason for the verdict, the gravest first; empty where it passed.</summary>
    public ImmutableArray<VerdictReason> Reasons { get; init; } = [];

    /// <summary>Gets the wall-clock time of run time zero, or <see langword="null"/> where the load never began.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets the wall-clock time at which the run was over.</summary>
    public DateTimeOffset EndTime { get; init; }

    /// <summary>Gets the run time at which the load ended.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>Gets the time at the start that is kept out of thresholds and summary.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Gets the length of an interval.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Gets the plan, as a plan file would have it, its seed drawn; secrets by name, credentials in URLs redacted.</summary>
    public JsonElement Plan { get; init; } = JsonElement.Parse("{}");

    /// <summary>Gets the packages that every drone loaded, the test package first.</summary>
    public ImmutableArray<ReportedPackage> Packages { get; init; } = [];

    /// <summary>Gets the plan's tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Gets the thresholds, in the order of the plan, each with the value that decided it.</summary>
    public ImmutableArray<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>Gets all scenarios together, warm-up left out.</summary>
    public WorkStatistics Totals { get; init; } = new();

    /// <summary>Gets the scenarios, in the order of the plan.</summary>
    public ImmutableArray<ScenarioReport> Scenarios { get; init; } = [];

    /// <summary>Gets the intervals, in order; they add up to the totals and the warm-up. Those that closed only with the run were given to no sink before.</summary>
    public ImmutableArray<RunInterval> Intervals { get; init; } = [];

    /// <summary>Gets the drones, by rank.</summary>
    public ImmutableArray<DroneReport> Drones { get; init; } = [];

    /// <summary>Gets what happened, in order.</summary>
    public ImmutableArray<RunEvent> Events { get; init; } = [];

    /// <summary>Gets the test author's own results.</summary>
    public ImmutableArray<AttachmentReport> Attachments { get; init; } = [];

    /// <summary>Gets how much of the load asked for was delivered, and what the report lacks.</summary>
    public Completeness Completeness { get; init; } = new();

    /// <summary>Gets the folder that the report was written to, or <see langword="null"/>; not part of its JSON.</summary>
    [JsonIgnore]
    public string? Folder { get; init; }

    /// <summary>Gets everything measured, for sinks that need whole histograms; not there in a report that was read back.</summary>
    internal IntervalDetail? Detail { get; init; }
}
