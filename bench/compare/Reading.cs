using System.Text.Json;

namespace Orca.Compare;

/// <summary>What one run of a load or a tool told, by name.</summary>
internal sealed class Reading : Dictionary<string, double>
{
    public Reading()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>CPU-microseconds of the generator for each request, iteration or wake.</summary>
    public double CpuMicroseconds => this["cpu"] * 1e6 / this["count"];

    public static Reading FromJson(string json) => JsonSerializer.Deserialize<Reading>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}
