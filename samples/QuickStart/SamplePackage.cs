using System.Diagnostics;
using System.Globalization;

namespace Orca.Samples.QuickStart;

/// <summary>The sample's own test package.</summary>
internal static class SamplePackage
{
    public const string Id = "Orca.Samples.EchoTest";

    /// <summary>A version that no feed and no cache has yet: a version's bytes never change.</summary>
    public static string NewVersion() =>
        "1.0.0-quickstart." + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    /// <summary>Packs it into the local feed, in the place of earlier runs' versions; answers with what went wrong, or null.</summary>
    public static async Task<string?> PackAsync(string version)
    {
        Directory.CreateDirectory(Repository.Feed);
        foreach (var earlier in Directory.EnumerateFiles(Repository.Feed, $"{Id}.1.0.0-quickstart.*.nupkg"))
        {
            File.Delete(earlier);
        }

        var project = Path.Combine(Repository.Root, "samples", Id);
        using var pack = Process.Start(new ProcessStartInfo
        {
            FileName = "dotnet",
            ArgumentList = { "pack", project, "--output", Repository.Feed, $"-p:TestPackageVersion={version}", "--nologo", "-v:quiet" },
            RedirectStandardOutput = true,
        })!;
        var output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        return pack.ExitCode == 0 ? null : $"'dotnet pack {project}' failed:\n{output}";
    }
}
