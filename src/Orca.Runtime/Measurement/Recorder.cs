namespace Orca.Measurement;

/// <summary>Where a drone's measurements of one run go: cumulative, sharded, one writer to a shard, no lock and nothing allocated per record.</summary>
internal sealed class Recorder
{
    public Recorder(int precision, IReadOnlyList<string> scenarios) => (Precision, Scenarios) = (precision, scenarios);

    public int Precision { get; }

    public IReadOnlyList<string> Scenarios { get; }

    /// <summary>The recorder of the scenario of that index.</summary>
    public ScenarioRecorder this[int scenario] => throw new NotImplementedException();

    public void Attach(string scenario, string name, string json) => throw new NotImplementedException();

    /// <summary>All that was recorded so far.</summary>
    public Snapshot Cut(SnapshotHeader header, DroneHealth health) => throw new NotImplementedException();
}
