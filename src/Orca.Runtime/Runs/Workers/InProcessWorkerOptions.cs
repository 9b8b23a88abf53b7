using Microsoft.Extensions.Logging;
using Orca.Packages;

namespace Orca.Runs.Workers;

/// <summary>What an in-process worker works with.</summary>
internal sealed record InProcessWorkerOptions
{
    public required PackageOptions Packages { get; init; }

    /// <summary>The drone's own secrets, by name.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Whether this process is for the worker alone: whoever started it has installed the lock, and its end is the unloading. Default: no.</summary>
    public bool OwnsProcess { get; init; }

    /// <summary>On the real clock alone: under a driven one there is nothing to hasten.</summary>
    public bool Rehearses => Clock == TimeProvider.System;
}
