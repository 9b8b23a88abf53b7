using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Orca.TestKit;

/// <summary>The log events that libraries declare: each id once, each name once in its class, each id in the range of its area.</summary>
public static class LogEvents
{
    private const int RangeSize = 100;

    private static readonly Dictionary<string, int[]> RangeStarts = new()
    {
        ["Orca.Runs"] = [1000, 1100],
        ["Orca.Swarm"] = [1200],
        ["Orca.Packages"] = [1300],
        ["Orca.Isolation"] = [1400],
        ["Orca.Execution"] = [1500],
        ["Orca.Measurement"] = [1600],
        ["Orca.Results"] = [1700],
        ["Orca.Hosting"] = [1800],
    };

    /// <summary>Gets one sentence for each event that breaks the rules.</summary>
    public static IReadOnlyList<string> FaultsIn(params ReadOnlySpan<Assembly> libraries)
    {
        var faults = new List<string>();
        var byId = new Dictionary<int, string>();
        var names = new HashSet<string>();
        foreach (var (method, attribute) in Declared(libraries))
        {
            var type = method.DeclaringType!;
            var name = $"{type.FullName}.{method.Name}";
            if (!type.Name.EndsWith("Log", StringComparison.Ordinal))
            {
                faults.Add($"{name} is a log event outside an <Area>Log class.");
            }

            if (!byId.TryAdd(attribute.EventId, name))
            {
                faults.Add($"{name} has the id {attribute.EventId}, which belongs to {byId[attribute.EventId]}.");
            }

            if (!names.Add(name))
            {
                faults.Add($"{name} is the name of two events.");
            }

            if (!RangesOf(type).Any(start => attribute.EventId >= start && attribute.EventId < start + RangeSize))
            {
                faults.Add($"{name} has the id {attribute.EventId}, outside the range of its area.");
            }
        }

        return faults;
    }

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Attribute)> Declared(ReadOnlySpan<Assembly> libraries) =>
        [.. from library in libraries.ToArray()
            from type in library.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            select (method, attribute)];

    private static int[] RangesOf(Type type)
    {
        // Orca.Swarm.Redis logs in the range of Orca.Swarm.
        var area = string.Join('.', (type.Namespace ?? "").Split('.').Take(2));
        var starts = RangeStarts.GetValueOrDefault(area, []);
        return area != "Orca.Runs" ? starts
            : type.Name.Contains("Leader", StringComparison.Ordinal) ? starts[..1]
            : type.Name.Contains("Drone", StringComparison.Ordinal) ? starts[1..]
            : starts;
    }
}
