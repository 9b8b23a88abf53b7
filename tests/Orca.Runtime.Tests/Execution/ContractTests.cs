using System.Text;
using System.Text.Json.Nodes;
using Orca.Execution;
using Orca.Isolation;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Tests.Execution;

/// <summary>What the contract promises an author, from a test's own call to what the engine has measured.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Poisson_OverDrones_EachArrivalStartsOnceAtTheInstantThatTheScheduleSays(int drones)
    {
        var stage = new RateStage(50, 150, TimeSpan.FromSeconds(2)).Poisson();
        var started = new List<(long Number, TimeSpan At)>();
        RunPlan? plan = null;
        for (var rank = 0; rank < drones; rank++)
        {
            DrivenEngine? engine = null;
            var test = new FakeLoadTest { Run = (user, _) => { started.Add((user.Iteration, engine!.RunTime)); return default; } };
            await using var driven = engine = new DrivenEngine(test, new Setting { Rank = rank, Drones = drones }, stage);
            plan = engine.Plan;
            await engine.StartedAsync();
            engine.Advance(3);
        }

        var due = new List<TimeSpan>();
        for (var arrivals = ScenarioSchedule.Of(plan!.Scenarios[0], plan.Seed!.Value).Arrivals(); arrivals.TryPeek(out var arrival); arrivals.Advance())
        {
            due.Add(arrival.Due);
        }

        Assert.Equal(Enumerable.Range(0, due.Count).Select(k => (long)k), started.Select(start => start.Number).Order());
        Assert.All(started, start => Assert.InRange(start.At - due[(int)start.Number], TimeSpan.Zero, TimeSpan.FromMilliseconds(0.5)));

        // Gaps of an even stream would all be alike.
        Assert.True(due.Zip(due.Skip(1), (a, b) => b - a).Distinct().Count() > due.Count / 2);
    }

    [Fact]
    public async Task Metrics_OfUsers_AreCountedSetAndRecordedInTheirPart()
    {
        var test = new FakeLoadTest
        {
            Run = (user, _) =>
            {
                user.Count("sold", 2);
                user.Gauge("queue", 10 - user.Iteration);
                user.Record("size", (user.Iteration + 1) * 100);
                return user.ThinkAsync(TimeSpan.FromSeconds(1));
            },
        };
        await using var engine = await new DrivenEngine(test, new Setting { WarmUp = TimeSpan.FromSeconds(2) }, new UsersStage(1, 1, TimeSpan.FromSeconds(6))).StartedAsync();

        engine.Advance(7);

        var (warmUp, measured) = (engine.WarmUp.Metrics, engine.Measured.Metrics);
        Assert.Equal((4, 8), (warmUp["sold"].Count, measured["sold"].Count));
        Assert.Equal((MetricKind.Gauge, 5.0, 5.0, 8.0), (measured["queue"].Kind, measured["queue"].Last, measured["queue"].Min, measured["queue"].Max));
        Assert.Equal((4, 300, 600), (measured["size"].Values!.Count, measured["size"].Values!.Min, measured["size"].Values!.Max));
        Assert.Equal(2, warmUp["size"].Values!.Count);
    }

    [Fact]
    public async Task Attachments_OfUsersWhileTheLoadRuns_AreInTheSnapshotTheLastOfAName()
    {
        var test = new FakeLoadTest { Run = (user, _) => { user.Context.Attach("seen", JsonValue.Create(user.Iteration)); return user.ThinkAsync(TimeSpan.FromSeconds(1)); } };
        await using var engine = await new DrivenEngine(test, new UsersStage(1, 1, TimeSpan.FromSeconds(3))).StartedAsync();

        engine.Advance(4);

        Assert.True(SnapshotCodec.Decode(Wire(engine)).TryGet(out var snapshot, out _));
        Assert.Equal(new Attachment(DrivenEngine.Scenario, "seen", "2"), Assert.Single(snapshot.Attachments));
    }

    [Fact]
    public async Task Secret_ReachesTheTestButNeitherSnapshotNorPlan()
    {
        const string Secret = "s3cr3t-of-the-shop";
        var seen = new List<string?>();
        var test = new FakeLoadTest
        {
            SetUp = (context, _) => { seen.Add(context.Parameters["login"]); return default; },
            Run = (user, _) => { seen.Add(user.Context.Parameters["LOGIN"]); return user.ThinkAsync(TimeSpan.FromSeconds(1)); },
        };
        var plan = DrivenEngine.PlanOf(new Setting(), new UsersStage(1, 1, TimeSpan.FromSeconds(1)));
        plan = plan with { Parameters = plan.Parameters.Add("login", new ParameterValue(null, "shop-login")) };
        Assert.True(Parameters.Build(plan.Scenarios[0], plan, new Dictionary<string, string> { ["shop-login"] = Secret }).TryGet(out var parameters, out _));
        await using var engine = new DrivenEngine(test, new Setting { Parameters = parameters }, new UsersStage(1, 1, TimeSpan.FromSeconds(1)));
        await engine.StartedAsync();

        engine.Advance(2);

        Assert.Equal([Secret, Secret], seen);
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(Wire(engine)));
        var written = PlanWriter.Write(plan).ToJsonString();
        Assert.DoesNotContain(Secret, written);
        Assert.Contains("shop-login", written);
    }

    [Fact]
    public async Task WarmUp_ConnectionsPerIteration_ConnectAnewInBothParts()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok"));
        var test = new FakeLoadTest
        {
            Run = async (user, ct) =>
            {
                await user.Http.GetStringAsync("/", ct);
                await user.Http.GetStringAsync("/", ct);
                await user.ThinkAsync(TimeSpan.FromMilliseconds(20));
            },
        };
        var setting = new Setting { Target = server.Address, Connections = ConnectionMode.PerIteration, WarmUp = TimeSpan.FromSeconds(1) };
        await using var engine = RealEngine.Of(test, setting, new UsersStage(3, 3, TimeSpan.FromMinutes(1)));

        await engine.RunUntilAsync(() => engine.Measured.Finished >= 3);

        var (warmUp, measured) = (engine.Recorder[0].Cut().WarmUp, engine.Measured);
        Assert.True(warmUp.Finished > 0 && measured.Finished > 0, $"{warmUp.Finished} and {measured.Finished} iterations");
        Assert.Equal((0, 0), (warmUp.ResponseFailed.Count, measured.ResponseFailed.Count));
        Assert.Equal(warmUp.Finished + measured.Finished, server.Connections);
        Assert.Equal(2 * (warmUp.Finished + measured.Finished), server.Requests.Count);
    }

    [Fact]
    public async Task ConnectionsPerUser_KeepOneForAllOfAUsersIterations()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok"));
        var test = new FakeLoadTest { Run = async (user, ct) => { await user.Http.GetStringAsync("/", ct); await user.ThinkAsync(TimeSpan.FromMilliseconds(20)); } };
        var setting = new Setting { Target = server.Address, Connections = ConnectionMode.PerUser };
        await using var engine = RealEngine.Of(test, setting, new UsersStage(4, 4, TimeSpan.FromMinutes(1)));

        await engine.RunUntilAsync(() => engine.Measured.Finished > 20);

        Assert.Equal(4, server.Connections);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task UniqueFeed_OverDrones_GivesEachRowToOneIterationAndThenFailsByName(int drones)
    {
        var rows = Enumerable.Range(0, 100).ToArray();
        var taken = new List<int>();
        long failed = 0, finished = 0;
        for (var rank = 0; rank < drones; rank++)
        {
            DataFeed<int>? feed = null;
            var test = new FakeLoadTest
            {
                SetUp = (context, _) => { feed = DataFeed<int>.Unique(rows, context.Drone); return default; },
                Run = (user, _) => { taken.Add(feed!.Next(user)); return user.ThinkAsync(TimeSpan.FromMilliseconds(10)); },
            };
            await using var engine = await new DrivenEngine(test, new Setting { Rank = rank, Drones = drones }, new IterationsStage(120, 12, TimeSpan.FromSeconds(5))).StartedAsync();
            engine.Advance(6);
            finished += engine.Measured.Finished;
            failed += engine.Measured.Errors["DataFeedExhaustedException"].Count;
        }

        Assert.Equal(rows, taken.Order());
        Assert.Equal((120, 20), (finished, failed));
    }

    [Fact]
    public async Task CircularFeed_IsTheSameInEveryRunAndOverAnyDrones()
    {
        var one = await PairsAsync(1, new RateStage(50, 50, TimeSpan.FromSeconds(2)));
        Assert.Equal(one, await PairsAsync(3, new RateStage(50, 50, TimeSpan.FromSeconds(2))));
        Assert.All(one, pair => Assert.Equal(pair.Iteration % 7, pair.Row));

        // Closed load: each user goes through the rows from that of its own number.
        var closed = await PairsAsync(2, new UsersStage(4, 4, TimeSpan.FromSeconds(1)));
        Assert.All(closed, pair => Assert.Equal((pair.User + pair.Iteration) % 7, pair.Row));
        Assert.Equal(4, closed.Select(pair => pair.User).Distinct().Count());

        static async Task<List<(long User, long Iteration, long Row)>> PairsAsync(int drones, LoadStage stage)
        {
            var feed = DataFeed<long>.Circular([0, 1, 2, 3, 4, 5, 6]);
            var pairs = new List<(long User, long Iteration, long Row)>();
            for (var rank = 0; rank < drones; rank++)
            {
                var test = new FakeLoadTest
                {
                    StartUser = (user, _) => { user.State = feed.Next(user); return default; },
                    Run = (user, _) =>
                    {
                        pairs.Add((stage is UsersStage ? user.Id : 0, user.Iteration, feed.Next(user)));
                        Assert.True(stage is RateStage || (long)user.State! == user.Id % 7);
                        return user.ThinkAsync(TimeSpan.FromMilliseconds(30));
                    },
                };
                await using var engine = await new DrivenEngine(test, new Setting { Rank = rank, Drones = drones }, stage).StartedAsync();
                engine.Advance(3);
            }

            pairs.Sort();
            return pairs;
        }
    }

    private static byte[] Wire(DrivenEngine engine) =>
        SnapshotCodec.Encode(engine.Recorder.Cut(new("d", "i", 0, 1, TimeSpan.Zero, true), new() { SchedulingDelay = new(3) }));
}
