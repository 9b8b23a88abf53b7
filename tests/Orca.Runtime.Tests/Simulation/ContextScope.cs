namespace Orca.Tests.Simulation;

/// <summary>Runs what follows in a context, until disposed.</summary>
internal readonly struct ContextScope : IDisposable
{
    private readonly SynchronizationContext? _outside;

    public ContextScope(SynchronizationContext? context)
    {
        _outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
    }

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_outside);
}
