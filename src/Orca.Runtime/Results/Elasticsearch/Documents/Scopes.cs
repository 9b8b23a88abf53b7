namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The values of <c>orca.scope</c> and <c>orca.phase</c>.</summary>
internal static class Scopes
{
    /// <summary>All scenarios, warm-up included: users and load.</summary>
    public const string Run = "run";

    /// <summary>One scenario's iterations.</summary>
    public const string Scenario = "scenario";

    public const string Step = "step";

    /// <summary>The HTTP responses of one status code in one step.</summary>
    public const string Status = "status";

    /// <summary>Errors of one kind: of iterations, or with a step's name, of that step.</summary>
    public const string Error = "error";

    public const string Check = "check";

    public const string Metric = "metric";

    public const string Drone = "drone";

    public const string Measured = "measured";

    public const string WarmUp = "warm-up";
}
