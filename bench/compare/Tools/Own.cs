namespace Orca.Compare.Tools;

/// <summary>Starts this program once more, to make a load.</summary>
internal static class Own
{
    /// <summary>The environment of the performance profile.</summary>
    public static IReadOnlyDictionary<string, string> Profile { get; } = new Dictionary<string, string>
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
    };

    // As a drone starts the process of a test: with one processor code is otherwise compiled for good only after seconds.
    private static readonly Dictionary<string, string> _usual = new() { ["DOTNET_TC_DelaySingleProcMultiplier"] = "1" };

    public static async Task<Reading> RunAsync(string load, IReadOnlyDictionary<string, string>? environment = null)
    {
        var command = await Command.RunAsync($"dotnet {typeof(Own).Assembly.Location} load {load}", Machine.Generator, _usual.Concat(environment ?? new Dictionary<string, string>()).ToDictionary());
        return Reading.FromJson(command.Output.Split('\n').Last(line => line.StartsWith('{')));
    }
}
