using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orca.Plans;

namespace Orca.Tests.Execution;

/// <summary>What a test sets of its plan and drone.</summary>
internal sealed record Setting
{
    public int Rank { get; init; }

    public int Drones { get; init; } = 1;

    public int MaxUsers { get; init; } = 100;

    public TimeSpan WarmUp { get; init; }

    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    public Uri? Target { get; init; }

    public ConnectionMode Connections { get; init; }

    /// <summary>Whether iterations start only once they are claimed.</summary>
    public bool Claims { get; init; }

    public IConfigurationRoot? Parameters { get; init; }

    public ILogger Logger { get; init; } = NullLogger.Instance;

    public FakeTimeProvider? Clock { get; init; }
}
