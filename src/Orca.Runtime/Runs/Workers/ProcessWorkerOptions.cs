using Microsoft.Extensions.Logging;
using Orca.Packages;
using Orca.Runs.Workers.Child;

namespace Orca.Runs.Workers;

/// <summary>What a drone runs tests in processes of their own with.</summary>
internal sealed record ProcessWorkerOptions
{
    public required ChildHost Host { get; init; }

    public required PackageOptions Packages { get; init; }

    /// <summary>The drone's own secrets, by name; a test's process gets those that its plan names.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>How many bytes a test's managed heap may take. Default: no limit but the machine's.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Which of the drone's environment variables a test gets. Default: the least that programs need.</summary>
    public ChildEnvironment Environment { get; init; } = ChildEnvironment.Least;

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}
