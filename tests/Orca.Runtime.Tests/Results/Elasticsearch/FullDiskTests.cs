using Microsoft.Extensions.Logging;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>A spool on a file system that really is full.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_FileSystemFullUntilRoomIsMade_WarnsGoesOnAndLosesNothing()
    {
        using var disk = MountedDisk.At(_folder.Path, megabytes: 1);
        await using var setting = StoreSetting.Down();
        setting.Options.Spool = Path.Combine(disk.Folder, "spool");
        setting.Options.Drain = TimeSpan.FromMilliseconds(200);
        disk.FillUpTo(64 << 10);
        var run = new SyntheticRun(drones: 5, steps: 4, intervals: 40);
        var (onDisk, whenFull) = (0L, 0L);

        await setting.RunAsync(run, before: interval =>
        {
            switch (interval)
            {
                case 25:
                    (onDisk, whenFull) = (BytesIn(setting), new DriveInfo(disk.Folder).AvailableFreeSpace);
                    Assert.Single(setting.Logged, entry => entry.Id == 1714);
                    disk.MakeRoom();
                    break;
                case 26:
                    // It goes on where it was once there is room.
                    Assert.True(BytesIn(setting) > onDisk);
                    Assert.Single(setting.Logged, entry => entry.Id == 1719);
                    break;
            }

            return Task.CompletedTask;
        });

        Assert.InRange(onDisk, 1, 64 << 10);
        Assert.InRange(whenFull, 0, 16 << 10);
        var warning = Assert.Single(setting.Logged, entry => entry.Id == 1714);
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains(setting.Spool, warning.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", warning.Message, StringComparison.Ordinal);

        // What waited in memory meanwhile went to the disk too.
        await setting.Server.ComeUpAsync();
        await setting.SetUpAsync();
        Workshop.Good(await setting.Store().ReplayAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(StoreSetting.Expected(run), setting.Stored);
    }

    [Fact]
    public async Task Run_FileSystemFullToTheEndAndServerDown_CountsWhatIsLost()
    {
        using var disk = MountedDisk.At(_folder.Path, megabytes: 1);
        await using var setting = StoreSetting.Down();
        setting.Options.Spool = Path.Combine(disk.Folder, "spool");
        setting.Options.Drain = TimeSpan.Zero;
        disk.FillUpTo(64 << 10);
        var run = new SyntheticRun(drones: 5, steps: 4, intervals: 40);

        var sink = await setting.RunAsync(run);

        disk.MakeRoom();
        await setting.Server.ComeUpAsync();
        await setting.SetUpAsync();
        Workshop.Good(await setting.Store().ReplayAsync(TimeSpan.FromSeconds(30), Token));
        var lost = StoreSetting.Expected(run).Keys.Except(setting.Stored.Keys).ToList();
        Assert.NotEmpty(lost);

        // The run's own document is stored as it began; what it came to is lost with the others.
        Assert.Contains("running", setting.Stored[run.Started.RunId], StringComparison.Ordinal);
        Assert.Equal(lost.Count + 1, sink.DocumentsNotStored);
        Assert.Contains(sink.Problems, problem => problem.What.StartsWith($"{lost.Count + 1} documents of run {run.Started.RunId} are lost for Elasticsearch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_FileSystemFullToTheEndAndServerThere_StoresEverythingFromMemory()
    {
        using var disk = MountedDisk.At(_folder.Path, megabytes: 1);
        await using var setting = await StoreSetting.StartAsync();
        setting.Options.Spool = Path.Combine(disk.Folder, "spool");
        disk.FillUpTo(32 << 10);
        var run = new SyntheticRun(drones: 5, steps: 4, intervals: 40);
        setting.Server.Fault = call => call.Number < 4 ? new() { Status = 503 } : null;

        var sink = await setting.RunAsync(run);

        Assert.Equal(StoreSetting.Expected(run), setting.Stored);
        Assert.Empty(sink.Problems);
        Assert.Single(setting.Logged, entry => entry.Id == 1714);
    }

    [Fact]
    public async Task Run_FileSystemFullAndServerDownForAWhile_StoresEverythingOnceBothAreBack()
    {
        using var disk = MountedDisk.At(_folder.Path, megabytes: 1);
        await using var setting = await StoreSetting.StartAsync();
        setting.Options.Spool = Path.Combine(disk.Folder, "spool");
        disk.FillUpTo(64 << 10);
        var run = new SyntheticRun(drones: 5, steps: 4, intervals: 40);

        var sink = await setting.RunAsync(run, before: async interval =>
        {
            switch (interval)
            {
                case 2:
                    await setting.Server.GoDownAsync();
                    break;
                case 20:
                    disk.MakeRoom();
                    break;
                case 30:
                    await setting.Server.ComeUpAsync();
                    break;
            }
        });

        Assert.Equal(StoreSetting.Expected(run), setting.Stored);
        Assert.Empty(sink.Problems);
        Assert.Empty(setting.Spooled);
    }

    private static long BytesIn(StoreSetting setting) => setting.Spooled.Sum(file => new FileInfo(file).Length);
}
