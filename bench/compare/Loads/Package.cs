using System.Diagnostics;

namespace Orca.Compare.Loads;

/// <summary>The comparisons' own test package, packed into a feed of its own.</summary>
internal static class Package
{
    public const string Id = "Orca.Compare.Package";

    public const string Version = "1.0.0";

    /// <summary>Packs it, into a folder that is also the root of the feeds' configuration.</summary>
    public static async Task PackAsync(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), """
            <configuration><packageSources><clear /><add key="here" value="feed" /></packageSources></configuration>
            """);
        var project = Path.Combine(Root(), "bench", "compare.package");
        using var pack = Process.Start(new ProcessStartInfo
        {
            FileName = "dotnet",
            ArgumentList = { "pack", project, "--configuration", "Release", "--output", Path.Combine(folder, "feed"), $"-p:Version={Version}", "--nologo", "-v:quiet" },
            RedirectStandardOutput = true,
        })!;
        var output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        if (pack.ExitCode != 0)
        {
            throw new InvalidOperationException($"'dotnet pack {project}' failed:\n{output}");
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orca.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Orca.sln.");
    }
}
