namespace Orca.Measurement;

/// <summary>Samples the drone's own health while the load runs.</summary>
internal sealed class DroneHealthProbe(int precision, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Begins probing the thread pool every 20 ms.</summary>
    public void Start() => throw new NotImplementedException();

    public DroneHealth Sample() => throw new NotImplementedException();

    private readonly object _seam = (precision, clock);

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
