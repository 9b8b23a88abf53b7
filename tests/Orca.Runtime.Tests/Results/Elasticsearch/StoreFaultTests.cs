using System.Text.Json;
using Orca.Results.Elasticsearch.Spool;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>Whatever goes wrong with the server, the disk or the process: the store ends with what it would hold had nothing gone wrong.</summary>
public sealed class StoreFaultTests
{
    private static readonly SyntheticRun Run = new(drones: 5, steps: 4, intervals: 30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Undisturbed_StoresEveryDocumentOnceAndLeavesNothing()
    {
        await using var setting = await StoreSetting.StartAsync();
        var sink = await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(setting.Server.State.Unmapped);
        Assert.Empty(sink.Problems);
        Assert.Empty(setting.Spooled);
        Assert.True(setting.Server.AllCompressed);
    }

    [Fact]
    public async Task Run_ServerDownFromStartToPastTheEnd_IsKeptAndReplayed()
    {
        await using var setting = StoreSetting.Down();
        setting.Options.Drain = TimeSpan.FromMilliseconds(200);
        var sink = await setting.RunAsync(Run);

        var problem = Assert.Single(sink.Problems);
        Assert.Contains($"{StoreSetting.Expected(Run).Count + 1} documents of run {Run.Started.RunId} are not in Elasticsearch", problem.What, StringComparison.Ordinal);
        Assert.Contains("orca elastic replay", problem.Advice, StringComparison.Ordinal);

        await setting.Server.ComeUpAsync();
        await setting.SetUpAsync();
        var replayed = Workshop.Good(await setting.Store().ReplayAsync(TimeSpan.FromSeconds(30), Token));

        Assert.Equal(StoreSetting.Expected(Run).Count + 1, replayed.Stored);
        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(setting.Spooled);
    }

    [Fact]
    public async Task Run_ServerDownFromStartToPastTheEnd_IsReplayedByTheNextRun()
    {
        await using var setting = StoreSetting.Down();
        setting.Options.Drain = TimeSpan.Zero;
        await setting.RunAsync(Run);
        await setting.Server.ComeUpAsync();
        await setting.SetUpAsync();
        setting.Options.Drain = TimeSpan.FromSeconds(30);
        var next = new SyntheticRun(drones: 1, steps: 1, intervals: 3, seed: 2, runId: "20260302-120000-next");

        await setting.RunAsync(next);

        Assert.Equal(StoreSetting.Expected(Run).Concat(StoreSetting.Expected(next)).OrderBy(document => document.Key, StringComparer.Ordinal), setting.Stored);
        Assert.Empty(setting.Spooled);
    }

    [Fact]
    public async Task Run_ServerDownInTheMiddle_LosesAndDoublesNothing()
    {
        await using var setting = await StoreSetting.StartAsync();
        await setting.RunAsync(Run, before: async interval =>
        {
            switch (interval)
            {
                case 8:
                    await Wait.UntilAsync(() => setting.Server.BulkCalls > 0, "a first bulk request");
                    await setting.Server.GoDownAsync();
                    break;
                case 20:
                    await setting.Server.ComeUpAsync();
                    break;
            }
        });

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(setting.Spooled);
    }

    [Fact]
    public async Task Run_AThirdOfItemsRejected_RetriesOnlyThose()
    {
        await using var setting = await StoreSetting.StartAsync();
        var random = new Random(7);
        setting.Server.Fault = call => new() { Item = _ => random.Next(10) < 3 ? (429, "es_rejected_execution_exception") : null };
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(setting.Spooled);
    }

    [Fact]
    public async Task Run_EveryRequestAppliedAndThenTimedOut_FindsThatAllIsStored()
    {
        await using var setting = await StoreSetting.StartAsync();
        setting.Options.RequestTimeout = TimeSpan.FromMilliseconds(300);
        setting.Server.Fault = _ => new() { NeverAnswers = true };
        var run = new SyntheticRun(drones: 2, steps: 2, intervals: 10);
        var sink = setting.Sink();
        await sink.BeginAsync(run.Started, Token);
        for (var i = 0; i < run.Intervals - 1; i++)
        {
            await sink.IntervalAsync(run.IntervalAt(i), Token);
        }

        // The run's own document has no other way to be seen as stored than an answer.
        setting.Server.Fault = call => call.Index.StartsWith("orca-runs", StringComparison.Ordinal) && call.Number > 8 ? null : new() { NeverAnswers = true };
        await StoreSetting.EndAsync(sink, run.Report());

        Assert.Equal(StoreSetting.Expected(run), setting.Stored);
        Assert.Empty(sink.Problems);
        Assert.Empty(setting.Spooled);
    }

    [Fact]
    public async Task Run_TimedOutAcrossARollover_DoublesNothing()
    {
        await using var setting = await StoreSetting.StartAsync();
        setting.Options.RequestTimeout = TimeSpan.FromMilliseconds(500);
        setting.Server.Fault = call =>
        {
            if (call is not { Index: "orca-intervals-default", Ids.Count: > 0, Number: < 6 })
            {
                return null;
            }

            // What is applied after this is on a new backing index, where the ids are free.
            setting.Server.State.RollOver("orca-intervals-default");
            return new() { NeverAnswers = true };
        };
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
    }

    [Fact]
    public async Task Run_OnePoisonDocumentInEachBatch_StoresTheOthersAndKeepsAndCountsThose()
    {
        await using var setting = await StoreSetting.StartAsync();
        var poison = new HashSet<string>();
        setting.Server.Fault = call =>
        {
            if (call is { Index: "orca-intervals-default", Ids: [var first, ..] } && !poison.Contains(first))
            {
                poison.Add(first);
            }

            return new() { Item = id => poison.Contains(id) ? (400, "document_parsing_exception") : null };
        };
        var sink = await setting.RunAsync(Run);

        Assert.NotEmpty(poison);
        var expected = StoreSetting.Expected(Run);
        var letters = File.ReadAllLines(Path.Combine(setting.Spool, "dead-letters", Run.Started.RunId + ".ndjson"))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(poison.Order(StringComparer.Ordinal), letters.Select(letter => letter.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(letters, letter => Assert.Equal(
            (400, "document_parsing_exception", expected[letter.GetProperty("id").GetString()!]),
            (letter.GetProperty("status").GetInt32(), letter.GetProperty("type").GetString(), letter.GetProperty("document").GetRawText())));
        Assert.Equal(poison.Count, sink.DocumentsNotStored);
        Assert.Contains($"{poison.Count} documents", Assert.Single(sink.Problems).What, StringComparison.Ordinal);

        // Of all others only the run's own differs: it tells the count.
        var stored = setting.Stored;
        Assert.Equal(expected.Keys.Except(poison), stored.Keys);
        Assert.Equal(expected.Where(document => !poison.Contains(document.Key) && document.Key != Run.Started.RunId), stored.Where(document => document.Key != Run.Started.RunId));
        Assert.Equal(poison.Count, JsonDocument.Parse(stored[Run.Started.RunId]).RootElement.GetProperty("orca").GetProperty("completeness").GetProperty("dead_letters").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ConnectionsResetInMidBody_LosesAndDoublesNothing(bool inRequest)
    {
        await using var setting = await StoreSetting.StartAsync();
        setting.Server.Fault = call => call.Number % 3 == 0 ? null : new() { BreaksInRequest = inRequest, BreaksInResponse = !inRequest };
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(setting.Spooled);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Run_RequestsRefusedForNow_AreSentAgain(int status)
    {
        await using var setting = await StoreSetting.StartAsync();
        setting.Server.Fault = call => call.Number % 2 == 0 ? null : new() { Status = status };
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(setting.Spooled);
    }

    [Fact]
    public async Task Run_BodiesTooLongForTheServer_AreHalvedUntilTheyFit()
    {
        await using var setting = await StoreSetting.StartAsync(new() { MostBytes = 20_000 });
        var sink = await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(sink.Problems);
    }

    [Fact]
    public async Task Run_OneDocumentMakesARequestMalformed_IsFoundByHalving()
    {
        await using var setting = await StoreSetting.StartAsync();
        var bad = StoreSetting.Expected(Run).Keys.ElementAt(100);
        setting.Server.Fault = call => call.Ids.Contains(bad) ? new() { Status = 400 } : null;
        var sink = await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run).Keys.Where(id => id != bad), setting.Stored.Keys);
        Assert.Equal(1, sink.DocumentsNotStored);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Run_RefusedForGood_StopsSendingAndKeepsAll(int status)
    {
        await using var setting = await StoreSetting.StartAsync();
        setting.Server.Fault = _ => new() { Status = status };
        var sink = await setting.RunAsync(Run);

        Assert.Contains($"status {status}", Assert.Single(sink.Problems).What, StringComparison.Ordinal);
        Assert.InRange(setting.Server.BulkCalls, 1, 2);
        Assert.Empty(setting.Stored);

        setting.Server.Fault = null;
        Workshop.Good(await setting.Store().ReplayAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
    }

    [Fact]
    public async Task Run_TemplatesMissing_MakesNoPlainIndexAndKeepsAll()
    {
        await using var setting = await StoreSetting.StartAsync(setUp: false);
        var sink = await setting.RunAsync(Run);

        Assert.Contains("require_data_stream", Assert.Single(sink.Problems).What, StringComparison.Ordinal);
        Assert.DoesNotContain(setting.Server.State.Documents, document => !document.Index.StartsWith("orca-runs", StringComparison.Ordinal));

        await setting.SetUpAsync();
        Workshop.Good(await setting.Store().ReplayAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
    }

    [Fact]
    public async Task Run_ServerDownAndSetUpAskedFor_SetsUpOnceItAnswers()
    {
        await using var setting = StoreSetting.Down();
        setting.Options.SetUp = true;
        await setting.RunAsync(Run, before: interval => interval == 10 ? setting.Server.ComeUpAsync() : Task.CompletedTask);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Equal(["orca-events-default", "orca-intervals-default"], setting.Server.State.Streams);
    }

    [Fact]
    public async Task Run_FullDisk_GoesOnFromMemoryAndLosesNothing()
    {
        await using var setting = await StoreSetting.StartAsync();
        setting.Disk = new SmallDisk(30_000);
        var sink = await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(sink.Problems);
    }

    [Fact]
    public async Task Run_DocumentsPastTheSpoolsLimit_DropsThoseAboutDronesFirstAndCountsThem()
    {
        await using var setting = StoreSetting.Down();
        var run = new SyntheticRun(drones: 60, steps: 1, intervals: 60);
        setting.Options.SpoolLimit = 2_500_000;
        setting.Options.Drain = TimeSpan.Zero;
        var sink = await setting.RunAsync(run);

        Assert.InRange(Directory.GetFiles(setting.Spool, "*.seg", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 1, setting.Options.SpoolLimit + 10_000);
        var dropped = sink.DocumentsNotStored;
        Assert.InRange(dropped, 1, 60 * 60);
        Assert.Contains(sink.Problems, problem => problem.What.Contains($"{dropped} documents", StringComparison.Ordinal));

        await setting.Server.ComeUpAsync();
        await setting.SetUpAsync();
        Workshop.Good(await setting.Store().ReplayAsync(TimeSpan.FromSeconds(30), Token));
        var stored = setting.Stored;
        var missing = StoreSetting.Expected(run).Where(document => !stored.ContainsKey(document.Key)).ToList();
        Assert.Equal(dropped, missing.Count);
        Assert.All(missing, document => Assert.Contains("\"scope\":\"drone\"", document.Value, StringComparison.Ordinal));
    }
}
