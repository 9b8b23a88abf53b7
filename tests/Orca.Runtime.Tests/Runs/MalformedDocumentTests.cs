using System.Text;
using Orca.Results;
using Orca.Runs;
using Orca.Swarm;
using Orca.Swarm.Documents;
using Orca.Tests.Simulation;

namespace Orca.Tests.Runs;

/// <summary>A run document that contradicts itself is ignored, with one line in the log.</summary>
public sealed class MalformedDocumentTests
{
    private readonly Trace _trace = new();
    private readonly DrivenSwarm _swarm;

    public MalformedDocumentTests() => _swarm = new(log: _trace);

    [Theory]
    [InlineData("\"slots\":\"128:0\\u002B2*64\"", "\"slots\":\"128:0,0\"", "nobody can have the slots '128:0,0'")]
    [InlineData("\"slots\":\"128:0\\u002B2*64\"", "\"slots\":\"64:0\"", "nobody can have the slots '128:1")]
    [InlineData("\"slots\":\"128:0\\u002B2*64\"", "\"slots\":null", "nobody can have the slots")]
    [InlineData("\"fromMs\":0", "\"fromMs\":-1", "from -1 ms on")]
    [InlineData("\"lostClaims\":[]", "\"lostClaims\":[{\"scenario\":\"open\",\"slots\":\"x\",\"below\":1}]", "nobody can have claimed the slots 'x'")]
    [InlineData("\"roster\":[{", "\"roster\":[null,{", "a part is missing")]
    public async Task WhileRunning_IsIgnoredByEveryDrone_AndLoggedOnce(string part, string malformed, string why)
    {
        _swarm.AddDrones(2);
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(2, seconds: 10));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 300, TimeSpan.FromMinutes(1)));

        var whole = Encoding.UTF8.GetString(SwarmJson.Write(_swarm.Document() with { Number = _swarm.Document().Number + 1 }).Span);
        Assert.Contains(part, whole, StringComparison.Ordinal);
        var at = whole.IndexOf(part, StringComparison.Ordinal);
        var body = Encoding.UTF8.GetBytes(whole[..at] + malformed + whole[(at + part.Length)..]);
        var good = _swarm.Store.Step(_swarm.Run.Document, entry => entry.Document!, writes: false);
        Put(good with { Version = new(good.Version.Fencing, good.Version.Number + 1), Body = body });
        _swarm.World.Time.After(TimeSpan.FromSeconds(2), () => Put(good));
        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(2));

        Assert.Empty(_swarm.Broken);
        Assert.Equal(1_000, ended.Report!.Totals.Finished);
        foreach (var drone in _swarm.Drones.Keys)
        {
            var refused = Assert.Single(_trace.ToString().Split('\n'), line => line.Contains("is malformed", StringComparison.Ordinal) && line.Contains(drone, StringComparison.Ordinal));
            Assert.Contains(why, refused, StringComparison.Ordinal);
        }
    }

    private void Put(StoredDocument document) => _swarm.Store.Step(_swarm.Run.Document, entry => entry.Document = document, writes: true);
}
