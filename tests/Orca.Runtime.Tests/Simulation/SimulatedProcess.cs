namespace Orca.Tests.Simulation;

/// <summary>One process of a simulated world: all that is awaited in it goes on in it, unless it is frozen or dead.</summary>
internal sealed class SimulatedProcess(SimulatedWorld world, string name) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _held = [];

    public string Name { get; } = name;

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; private set; }

    /// <summary>Whether nothing it sends arrives and nothing reaches it.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether what it sends arrives, but nothing reaches it.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Whether all that it sends is carried out a second time, seconds later.</summary>
    public bool IsEchoed { get; set; }

    /// <summary>How long what it asks of the medium is held up before it is sent.</summary>
    public TimeSpan HeldUp { get; set; }

    /// <summary>Done when it is about to declare somebody lost.</summary>
    public Action? BeforeLoss { get; set; }

    /// <summary>Done when the medium has answered one of its heartbeats.</summary>
    public Action? AfterBeat { get; set; }

    public T Start<T>(Func<T> work)
        where T : Task
    {
        using (new ContextScope(this))
        {
            return work();
        }
    }

    public void Freeze() => IsFrozen = true;

    public void Thaw()
    {
        IsFrozen = false;
        _held.ForEach(held => Post(held.Callback, held.State));
        _held.Clear();
    }

    /// <summary>Ends it without a word, as a crash does.</summary>
    public void Kill()
    {
        IsDead = true;
        _held.Clear();
    }

    public override void Post(SendOrPostCallback d, object? state) => world.Do(() =>
    {
        if (IsFrozen)
        {
            _held.Add((d, state));
        }
        else if (!IsDead)
        {
            using (new ContextScope(this))
            {
                d(state);
            }
        }
    });

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing here waits for another thread.");

    public override SynchronizationContext CreateCopy() => this;
}
