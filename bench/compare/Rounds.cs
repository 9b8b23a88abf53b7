namespace Orca.Compare;

/// <summary>The readings of interleaved rounds: each subject once in every round.</summary>
internal sealed class Rounds
{
    private readonly Dictionary<string, List<Reading>> _readings = new(StringComparer.Ordinal);

    public static async Task<Rounds> RunAsync(int count, params (string Name, Func<Task<Reading>> RunAsync)[] subjects)
    {
        var rounds = new Rounds();
        for (var round = 0; round < count; round++)
        {
            foreach (var (name, runAsync) in subjects)
            {
                if (!rounds._readings.TryGetValue(name, out var readings))
                {
                    rounds._readings[name] = readings = [];
                }

                readings.Add(await runAsync());
                await Console.Error.WriteLineAsync($"  round {round + 1}: {name} {readings[^1].ToJson()}");
            }
        }

        return rounds;
    }

    public bool Has(string name) => _readings.ContainsKey(name);

    public double Median(string name, Func<Reading, double> figure) => Middle(_readings[name].Select(figure));

    public double Worst(string name, Func<Reading, double> figure) => _readings[name].Max(figure);

    /// <summary>The median of the ratios within one round.</summary>
    public double Ratio(string name, string yardstick, Func<Reading, double> figure) =>
        Middle(_readings[name].Zip(_readings[yardstick], (own, other) => figure(own) / figure(other)));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
