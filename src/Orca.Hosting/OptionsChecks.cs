using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Orca.Swarm;
using Orca.Swarm.Sealing;

namespace Orca.Hosting;

/// <summary>Collects what is wrong with options, each with the value that it has.</summary>
internal sealed partial class OptionsChecks
{
    private readonly List<string> _failures = [];

    public ValidateOptionsResult Result => _failures.Count > 0 ? ValidateOptionsResult.Fail(_failures) : ValidateOptionsResult.Success;

    public void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            _failures.Add(FormattableString.Invariant(otherwise));
        }
    }

    /// <summary>What leader and drones have in common.</summary>
    public void Member(OrcaMemberOptions options)
    {
        if (!SwarmNames.Of("", options.Swarm ?? "").TryGet(out _, out var unusable))
        {
            Require(false, $"Orca:Swarm is '{options.Swarm}'. {unusable[0].Advice}");
        }

        CacheLimit(options);
        Require(
            string.IsNullOrEmpty(options.SwarmKey) || SwarmSeal.Of(options.SwarmKey).TryGet(out _, out _),
            $"Orca:SwarmKey is shorter than {SwarmSeal.ShortestKey} characters: use random ones, the same on leader and drones.");
        Require(
            string.IsNullOrWhiteSpace(options.NuGetConfigRoot) || Directory.Exists(options.NuGetConfigRoot),
            $"Orca:NuGetConfigRoot is '{options.NuGetConfigRoot}', where there is no folder: name the one from which nuget.config files are looked for.");
    }

    public void Medium(bool isChosen) =>
        Require(isChosen, $"No medium was chosen: call UseRedis() on what AddOrcaLeader and AddOrcaDrone return, or UseInMemory() where all are in one process.");

    public static bool IsRunId(string id) => RunId().IsMatch(id);

    public static bool IsDroneName(string name) => DroneName().IsMatch(name);

    private void CacheLimit(OrcaMemberOptions options) =>
        Require(options.CacheLimit >= 0, $"Orca:CacheLimit is {options.CacheLimit}; it is a number of bytes.");

    [GeneratedRegex("^[a-z0-9-]{1,60}$")]
    private static partial Regex RunId();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,60}$")]
    private static partial Regex DroneName();
}
