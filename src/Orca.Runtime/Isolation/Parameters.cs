using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Orca.Plans;

namespace Orca.Isolation;

/// <summary>A scenario's parameters as configuration: the plan's, the scenario's over them, secrets resolved.</summary>
internal static class Parameters
{
    public static Outcome<ConfigurationRoot> Build(Scenario scenario, RunPlan plan, IReadOnlyDictionary<string, string> secrets)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var problems = new SortedDictionary<string, Problem>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in plan.Parameters.SetItems(scenario.Parameters))
        {
            if (value.Secret is not { } secret)
            {
                values[key] = value.Text;
            }
            else if (secrets.TryGetValue(secret, out var resolved))
            {
                values[key] = resolved;
            }
            else
            {
                problems[key] = new Problem($"Parameter '{key}' of scenario '{scenario.Name}' is the secret '{secret}', which this drone does not have.")
                {
                    Advice = $"Set Orca:Secrets:{secret} in the drone's configuration.",
                };
            }
        }

        return problems.Count == 0
            ? new ConfigurationRoot([new MemoryConfigurationProvider(new MemoryConfigurationSource { InitialData = values })])
            : problems.Values.ToImmutableArray();
    }
}
