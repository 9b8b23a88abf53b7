namespace Orca.Compare.Tools;

/// <summary>Starts this program once more, to make a load.</summary>
internal static class Own
{
    public static async Task<Reading> RunAsync(string load, IReadOnlyDictionary<string, string>? environment = null)
    {
        var command = await Command.RunAsync($"dotnet {typeof(Own).Assembly.Location} load {load}", Machine.Generator, environment);
        return Reading.FromJson(command.Output.Split('\n').Last(line => line.StartsWith('{')));
    }
}
