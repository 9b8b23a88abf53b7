using System.Diagnostics;
using System.Globalization;
using Orca.SwarmBench;
using Orca.TestKit.Servers;

// A leader and simulated drones, each side a process, over a redis-server of its own:
//   dotnet run -c Release --project bench/swarm -- 100,250,500,1000 40      # sizes, seconds of load each
switch (args)
{
    case ["drones", var endpoint, var count]:
        return await DroneSide.RunAsync(endpoint, int.Parse(count, CultureInfo.InvariantCulture));
    case ["leader", var endpoint, var drones, var seconds]:
        return await LeaderSide.RunAsync(endpoint, int.Parse(drones, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture));
    case [var sizes, var seconds]:
        Console.WriteLine("| drones | intervals | leader CPU | Redis CPU | to Redis, MB/s | from Redis, MB/s | commands/s | leader's peak memory | Redis' memory | interval late, median / most | joined and set up in | drained and reported in | totals |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var size in sizes.Split(','))
        {
            await MeasureAsync(size, seconds);
        }

        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: swarm <sizes, such as 100,250,500,1000> <seconds of load>");
        return 2;
}

static async Task MeasureAsync(string size, string seconds)
{
    await using var server = await RedisServer.StartAsync();
    using var drones = Start("drones", server.Endpoint, size);
    await drones.StandardOutput.ReadLineAsync();
    using var leader = Start("leader", server.Endpoint, size, seconds);
    Console.WriteLine(await leader.StandardOutput.ReadToEndAsync() is { Length: > 0 } row ? row.TrimEnd() : $"| {size} | no report |");
    await leader.WaitForExitAsync();
    drones.StandardInput.Close();
    await drones.WaitForExitAsync();
}

static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(DroneSide).Assembly.Location, .. arguments])
{
    RedirectStandardInput = true,
    RedirectStandardOutput = true,
    Environment = { ["DOTNET_gcServer"] = "0" },
})!;
