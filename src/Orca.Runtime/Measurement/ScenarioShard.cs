namespace Orca.Measurement;

/// <summary>What one thread has recorded of one scenario.</summary>
internal sealed class ScenarioShard(int precision)
{
    public PartShard WarmUp { get; } = new(precision);

    public PartShard Measured { get; } = new(precision);

    public NameCache Checks { get; } = new();

    public NameCache Metrics { get; } = new();

    public NameCache ErrorKinds { get; } = new();

    /// <summary>Measurements whose name was past the cap.</summary>
    public long NamesOverCap { get; set; }

    /// <summary>The one thread that writes; when it has ended another may take its place.</summary>
    public Thread Owner { get; set; } = Thread.CurrentThread;

    public PartShard this[MeasuredPart part] => part == MeasuredPart.Measured ? Measured : WarmUp;
}
