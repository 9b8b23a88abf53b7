using Orca.Compare.Loads;

namespace Orca.Compare.Tools;

/// <summary>A folder with the comparisons' package in a feed, its cache, plans and reports.</summary>
internal sealed class SwarmFolder : IDisposable
{
    private SwarmFolder(string path) => Path = path;

    public string Path { get; }

    public static async Task<SwarmFolder> MakeAsync()
    {
        var folder = new SwarmFolder(Directory.CreateTempSubdirectory("orca-compare-").FullName);
        await Package.PackAsync(folder.Path);
        return folder;
    }

    /// <summary>Writes a plan of one scenario; its path.</summary>
    public string Plan(string name, string scenario, Uri target)
    {
        var path = System.IO.Path.Combine(Path, $"{name}.json");
        File.WriteAllText(path, $$"""{ "name": "{{name}}", "package": "{{Package.Id}}", "target": "{{target}}", "grace": "2s", "scenarios": { "{{name}}": {{scenario}} } }""");
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
