using System.Runtime.CompilerServices;
using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class ShardTableTests
{
    [Fact]
    public void Recorder_Unused_IsCollectedThoughItsThreadsLive()
    {
        var references = RecordAndForget();
        for (var i = 0; i < 10 && references.Any(r => r.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(references, r => Assert.False(r.IsAlive));
    }

    [Fact]
    public void Take_AfterFree_GivesTheSlotToOneOnly()
    {
        var slots = Enumerable.Range(0, 5).Select(_ => ShardTable.Take()).ToList();
        var shard = new ScenarioShard(3);
        ShardTable.Put(slots[2], shard);
        Assert.Same(shard, ShardTable.Find(slots[2]));

        ShardTable.Free(slots[2]);
        Assert.Null(ShardTable.Find(slots[2]));
        slots.RemoveAt(2);
        slots.AddRange(Enumerable.Range(0, 5).Select(_ => ShardTable.Take()));
        Assert.Equal(slots.Count, slots.Distinct().Count());
        slots.ForEach(ShardTable.Free);
    }

    [Fact]
    public void Shard_OfAThreadThatEnded_GoesOnWithTheNext()
    {
        var recorder = new ScenarioRecorder("a", 3);
        for (var i = 0; i < 20; i++)
        {
            var thread = new Thread(() =>
            {
                recorder.Started(MeasuredPart.Measured);
                recorder.Iteration(MeasuredPart.Measured, 5, 5);
            });
            thread.Start();
            thread.Join();
        }

        Assert.Equal(20, recorder.Cut().Measured.Finished);
        Assert.Single(recorder.Shards);
    }

    [Fact]
    public void Shards_OfTwoRecordersOnOneThread_AreApart()
    {
        var (one, two) = (new ScenarioRecorder("a", 3), new ScenarioRecorder("a", 3));
        one.Started(MeasuredPart.Measured);
        two.Started(MeasuredPart.Measured);
        one.Started(MeasuredPart.Measured);

        Assert.Equal((2, 1), (one.Cut().Measured.Started, two.Cut().Measured.Started));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] RecordAndForget()
    {
        var recorders = Enumerable.Range(0, 10).Select(_ => new Recorder(3, ["a", "b"])).ToArray();
        var references = new List<WeakReference>();
        foreach (var recorder in recorders)
        {
            for (var i = 0; i < 2; i++)
            {
                recorder[i].Started(MeasuredPart.Measured);
                recorder[i].Iteration(MeasuredPart.Measured, 5, 5);
                references.AddRange([new(recorder), new(recorder[i]), .. recorder[i].Shards.Select(s => new WeakReference(s))]);
            }
        }

        return [.. references];
    }
}
