using System.Collections.Concurrent;

namespace Orca.Tests;

public sealed class DataFeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Circular_ByIteration_GoesRoundInOrderWhoeverAsksFirst()
    {
        var feed = DataFeed<string>.Circular(["a", "b", "c"]);

        Assert.Equal(["c", "b", "a", "a"], new long[] { 5, 4, 3, 0 }.Select(iteration => feed.Next(new RecordingUser(iteration: iteration))));
        Assert.Equal(["b", "b"], Enumerable.Repeat(new RecordingUser(id: 1), 2).Select(feed.Next));
        Assert.Equal(3, feed.Count);
    }

    [Fact]
    public void Random_OfTheSameSeed_DrawsTheSameRowsAndAllOfThem()
    {
        var feed = DataFeed<int>.Random(Enumerable.Range(0, 10));

        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));
        Assert.Equal(Enumerable.Range(0, 10), Draw(7).Distinct().Order());

        List<int> Draw(int seed)
        {
            var user = new RecordingUser(seed: seed);
            return [.. Enumerable.Range(0, 200).Select(_ => feed.Next(user))];
        }
    }

    [Fact]
    public async Task Unique_OverDronesAndThreads_HandsOutEveryRowOnce()
    {
        var random = new Random(1);
        for (var round = 0; round < 60; round++)
        {
            var (count, drones) = (random.Next(1, 400), random.Next(1, 12));
            var rows = Enumerable.Range(0, count).ToArray();
            var taken = new ConcurrentBag<int>();
            for (var drone = 0; drone < drones; drone++)
            {
                var feed = DataFeed<int>.Unique(rows, new DroneInfo(drone, drones));
                await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => TakeAll(feed, taken), Ct)));
            }

            Assert.True(rows.SequenceEqual(taken.Order()), $"{count} rows over {drones} drones");
        }
    }

    [Fact]
    public void Unique_WithNothingLeft_SaysWhoseRowsAndHowMany()
    {
        var feed = DataFeed<string>.Unique(["a", "b", "c"], new DroneInfo(1, 2));
        var user = new RecordingUser();

        Assert.Equal("b", feed.Next(user));
        var error = Assert.Throws<DataFeedExhaustedException>(() => feed.Next(user));

        Assert.StartsWith("Drone 1 has handed out all of its 1 rows, of 3 in the swarm of 2.", error.Message);
        Assert.Throws<DataFeedExhaustedException>(() => DataFeed<string>.Unique(["a"], new DroneInfo(5, 9)).Next(user));
    }

    [Fact]
    public void AnyFeed_WithoutRows_IsRefused()
    {
        Assert.Contains("at least one row", Assert.Throws<ArgumentException>(() => DataFeed<int>.Circular([])).Message);
        Assert.Throws<ArgumentException>(() => DataFeed<int>.Random([]));
        Assert.Throws<ArgumentException>(() => DataFeed<int>.Unique([], new DroneInfo(0, 1)));
        Assert.Throws<ArgumentNullException>(() => DataFeed<int>.Unique([1], null!));
    }

    [Fact]
    public void Next_OfAnyFeed_AllocatesNothing()
    {
        var rows = Enumerable.Range(0, 100_000).Select(i => new object()).ToArray();
        var user = new RecordingUser(3, 4, 5);
        DataFeed<object>[] feeds = [DataFeed<object>.Circular(rows), DataFeed<object>.Random(rows), DataFeed<object>.Unique(rows, new DroneInfo(0, 1))];
        Take(1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Take(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Take(int times)
        {
            foreach (var feed in feeds)
            {
                for (var i = 0; i < times; i++)
                {
                    feed.Next(user);
                }
            }
        }
    }

    private static void TakeAll(DataFeed<int> feed, ConcurrentBag<int> taken)
    {
        var user = new RecordingUser();
        try
        {
            while (true)
            {
                taken.Add(feed.Next(user));
            }
        }
        catch (DataFeedExhaustedException)
        {
        }
    }
}
