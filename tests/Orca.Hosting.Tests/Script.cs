namespace Orca.Tests.Hosting;

/// <summary>What a <see cref="ScriptedLoadTest"/> does, and in what order it was called.</summary>
public sealed class Script
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];

    public Func<VirtualUser, CancellationToken, ValueTask> Run { get; init; } = static (_, _) => default;

    public Func<LoadTestContext, CancellationToken, ValueTask> SetUp { get; init; } = static (_, _) => default;

    public Func<VirtualUser, CancellationToken, ValueTask> StartUser { get; init; } = static (_, _) => default;

    /// <summary>The hook that throws, or null.</summary>
    public string? Throws { get; init; }

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public void Called(string hook)
    {
        lock (_lock)
        {
            _calls.Add(hook);
        }

        if (hook == Throws)
        {
            throw new InvalidTimeZoneException($"no zone for {hook}");
        }
    }
}
