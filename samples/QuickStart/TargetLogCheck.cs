using System.Globalization;
using System.Text.Json;
using Orca.Results;

namespace Orca.Samples.QuickStart;

/// <summary>Holds what the report says was sent against what the target says it received.</summary>
/// <param name="IsRight">Whether they agree to the last request; with a drone lost, whether nothing reported is missing at the target.</param>
/// <param name="Text">The comparison, for a person.</param>
internal sealed record TargetLogCheck(bool IsRight, string Text)
{
    public static TargetLogCheck Compare(RunReport report, JsonElement log)
    {
        var steps = report.Scenarios.SelectMany(scenario => (WorkStatistics?[])[scenario.Measured, scenario.WarmUp]).OfType<WorkStatistics>().SelectMany(work => work.Steps).ToList();
        var (requests, asked) = (steps.Sum(step => step.Http?.Requests ?? 0), steps.Where(step => step.Name == "ask").Sum(step => step.Ok + step.Failed));
        var (received, echoed) = (log.GetProperty("requests").GetInt64(), log.GetProperty("echoMessages").GetInt64());
        var equal = requests == received && asked == echoed;
        FormattableString agrees = $"The target's own log agrees with the report: {received:N0} requests and {echoed:N0} echoes.";
        FormattableString differs = $"The target's own log does NOT agree: it received {received:N0} requests and {echoed:N0} echoes; the report says {requests:N0} and {asked:N0}.";

        // What a drone does after its last snapshot, it takes with it when it dies.
        FormattableString covers = $"The target's own log has all that is reported, and {received - requests:N0} requests and {echoed - asked:N0} echoes that a lost drone took with it.";
        var lost = !equal && received >= requests && echoed >= asked && report.Drones.Any(drone => !drone.Finished);
        return new(equal || lost, (equal ? agrees : lost ? covers : differs).ToString(CultureInfo.InvariantCulture));
    }
}
