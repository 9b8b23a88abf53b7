using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orca.Plans;

namespace Orca.Hosting;

/// <summary>What <see cref="LoadTestHost"/> runs a test with. Not thread-safe.</summary>
public sealed class RunOnceOptions
{
    internal RunOnceOptions()
    {
    }

    /// <summary>Gets or sets the address of the system under load, an absolute URI. Default: none.</summary>
    public Uri? Target
    {
        get;
        set => field = value is null or { IsAbsoluteUri: true }
            ? value
            : throw new ArgumentException($"The target '{value}' is no absolute URI: write it with its scheme, such as https://localhost:5001/.", nameof(value));
    }

    /// <summary>Gets or sets how many iterations are run, at least 1. Default: 1.</summary>
    public int Iterations
    {
        get;
        set => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There must be at least one iteration.");
    }
    = 1;

    /// <summary>Gets or sets how many virtual users share the iterations, side by side, at least 1. Default: 1, so one iteration after the other.</summary>
    public int Users
    {
        get;
        set => field = value is >= 1 and <= PlanLimits.MostUsers
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"There must be 1 to {PlanLimits.MostUsers} users.");
    }
    = 1;

    /// <summary>Gets the parameters that the test finds in its configuration, by configuration key (<c>login:user</c>). Default: none.</summary>
    public IDictionary<string, string> Parameters { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the values of parameters that a plan writes as <c>{ "secret": "…" }</c>, by the parameter's configuration key; over <see cref="Parameters"/>. Default: none.</summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets services for the test's constructor, over those that the startup registers. Default: none.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Gets or sets which iterations share connections. Default: all.</summary>
    public ConnectionMode Connections { get; set; }

    /// <summary>Gets or sets the seed of the users' random numbers. Default: 1, so that each call draws the same.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>
    /// Gets or sets the time after which set-up and iterations are cancelled, above 0 and at most 7 days; <see cref="Timeout.InfiniteTimeSpan"/> for never.
    /// Default: 60 s. Without effect while a debugger is attached.
    /// </summary>
    public TimeSpan TimeLimit
    {
        get;
        set => field = (value > TimeSpan.Zero && value <= PlanLimits.LongestScenario) || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time limit must be above 0 and at most 7 days, or infinite.");
    }
    = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets what the test logs to; it stays the caller's. Default: <see cref="WriteLine"/>.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets what is called with each line logged, one call at a time, such as <c>output.WriteLine</c> of an xunit test. Default: nothing.</summary>
    public Action<string>? WriteLine { get; set; }

    internal Type? Startup { get; private set; }

    /// <summary>Names the startup that registers the test's services. Default: the one public startup of the test's assembly, as in a package.</summary>
    /// <typeparam name="TStartup">The startup.</typeparam>
    /// <returns>These options.</returns>
    public RunOnceOptions UseStartup<TStartup>()
        where TStartup : class, ILoadTestStartup, new()
    {
        Startup = typeof(TStartup);
        return this;
    }
}
