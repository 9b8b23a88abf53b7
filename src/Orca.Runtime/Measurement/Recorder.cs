using System.Collections.Immutable;

namespace Orca.Measurement;

/// <summary>Where a drone's measurements of one run go: cumulative, sharded, one writer to a shard, no lock and nothing allocated per record.</summary>
internal sealed class Recorder
{
    /// <summary>Attachments that one drone may make in a run.</summary>
    public const int MostAttachments = 100;

    private readonly ScenarioRecorder[] _scenarios;
    private readonly Lock _lock = new();
    private ImmutableArray<Attachment> _attachments = [];

    public Recorder(int precision, IReadOnlyList<string> scenarios)
    {
        (Precision, Scenarios) = (precision, scenarios);
        _scenarios = [.. scenarios.Select(name => new ScenarioRecorder(name, precision))];
    }

    public int Precision { get; }

    public IReadOnlyList<string> Scenarios { get; }

    /// <summary>The recorder of the scenario of that index.</summary>
    public ScenarioRecorder this[int scenario] => _scenarios[scenario];

    /// <summary>Keeps a result of the test's own, in the place of one of the same name; false where there are too many already.</summary>
    public bool Attach(string scenario, string name, string json)
    {
        lock (_lock)
        {
            var others = _attachments.RemoveAll(a => a.Scenario == scenario && a.Name == name);
            if (others.Length >= MostAttachments)
            {
                return false;
            }

            _attachments = others.Add(new(scenario, name, json));
            return true;
        }
    }

    /// <summary>All that was recorded so far; exact once all that records has stopped.</summary>
    public Snapshot Cut(SnapshotHeader header, DroneHealth health)
    {
        ImmutableArray<Attachment> attachments;
        lock (_lock)
        {
            attachments = _attachments;
        }

        return new() { Header = header, Scenarios = [.. _scenarios.Select(s => s.Cut())], Health = health, Attachments = attachments };
    }
}
