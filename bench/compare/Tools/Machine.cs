namespace Orca.Compare.Tools;

/// <summary>Which processor the target has, and which the generator.</summary>
internal static class Machine
{
    public const string Target = "0";

    public const string Generator = "1";

    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown processor";
        return $"{Environment.ProcessorCount} × {model}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}";
    }
}
