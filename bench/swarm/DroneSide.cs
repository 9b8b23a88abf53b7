using Microsoft.Extensions.Logging.Abstractions;
using Orca.Runs;
using Orca.Swarm;
using Orca.Swarm.Redis;

namespace Orca.SwarmBench;

/// <summary>The process with the simulated drones: the drone's real protocol, over a connection for each 25 of them, with made-up measurements.</summary>
internal static class DroneSide
{
    private const int PerConnection = 25;

    /// <summary>Lives until standard input ends; then says what it cost.</summary>
    public static async Task<int> RunAsync(string endpoint, int count)
    {
        ThreadPool.SetMinThreads(32, 8);
        var worker = new SyntheticWorker(new SyntheticMeasurements());
        var connections = Enumerable.Range(0, (count + PerConnection - 1) / PerConnection).Select(number => Connect(endpoint, $"drones-{number}")).ToList();
        using var stopping = new CancellationTokenSource();
        var drones = Enumerable.Range(0, count).Select(number => new Drone(new DroneOptions
        {
            Drone = $"drone-{number:0000}",
            Life = "1",
            Host = "here",
            Names = Names,
            Medium = new RedisSwarmMedium(connections[number / PerConnection], NullLogger.Instance),
            Workers = worker,
            Policy = DronePolicy.Any,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
        }).RunAsync(stopping.Token)).ToList();
        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadToEndAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(drones);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        return 0;
    }

    public static SwarmNames Names => SwarmNames.Of("", "bench").TryGet(out var names, out _) ? names : throw new InvalidOperationException();

    public static RedisConnection Connect(string endpoint, string name)
    {
        var options = new RedisOptions { Endpoints = { endpoint } };
        return new(new OwnedRedisSource(options, name), new(0, options.ConnectTimeout, options.Timeout), TimeProvider.System, NullLogger.Instance, new Random(1));
    }
}
