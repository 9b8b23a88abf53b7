using System.IO.Compression;
using System.Security;
using System.Text;

namespace Orca.TestKit;

/// <summary>Writes a package file by hand, hostile ones included.</summary>
internal sealed class TestPackage(string id, string version = "1.0.0")
{
    private static readonly DateTimeOffset Stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(string Path, byte[] Bytes)> _files = [];
    private readonly List<(string Id, string Range, string? Exclude)> _dependencies = [("Orca.Abstractions", "1.0.0", null)];

    public string Id { get; } = id;

    public string Version { get; } = version;

    public string? NuspecId { get; init; }

    /// <summary>A package with one test.</summary>
    public static TestPackage WithTest(string id, string version = "1.0.0", string body = TestCompiler.Run) =>
        new TestPackage(id, version).Source($"public sealed class SampleLoadTest : ILoadTest {{ {body} }}");

    /// <summary>A package with a class that tells its version.</summary>
    public static TestPackage Library(string id, string version = "1.0.0") =>
        new TestPackage(id, version).Contract(null).File($"lib/net10.0/{id}.dll", LibraryImage(id, version));

    public static byte[] LibraryImage(string id, string version) =>
        TestCompiler.Compile(id, $"namespace {id}; public static class Told {{ public static string Version => \"{version}\"; }}", version.Split('-')[0] + ".0");

    public TestPackage Source(string source, params IEnumerable<byte[]> references) =>
        File($"lib/net10.0/{Id}.dll", TestCompiler.Compile(Id, source, references));

    public TestPackage File(string path, byte[] bytes)
    {
        _files.Add((path, bytes));
        return this;
    }

    public TestPackage File(string path, string text) => File(path, Encoding.UTF8.GetBytes(text));

    public TestPackage Depends(string on, string range, string? exclude = null)
    {
        _dependencies.Add((on, range, exclude));
        return this;
    }

    /// <summary>Replaces the dependency on the contract; null removes it.</summary>
    public TestPackage Contract(string? range)
    {
        _dependencies.RemoveAll(dependency => dependency.Id == "Orca.Abstractions");
        return range is null ? this : Depends("Orca.Abstractions", range);
    }

    public byte[] Image()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            var dependencies = string.Concat(_dependencies.Select(d =>
                $"<dependency id=\"{d.Id}\" version=\"{SecurityElement.Escape(d.Range)}\"{(d.Exclude is null ? "" : $" exclude=\"{d.Exclude}\"")} />"));
            Add(zip, $"{Id}.nuspec", Encoding.UTF8.GetBytes($"""
                <?xml version="1.0" encoding="utf-8"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata><id>{NuspecId ?? Id}</id><version>{Version}</version><authors>t</authors><description>t</description>
                  <dependencies><group targetFramework="net10.0">{dependencies}</group></dependencies></metadata>
                </package>
                """));
            foreach (var (path, bytes) in _files)
            {
                Add(zip, path, bytes);
            }
        }

        return stream.ToArray();
    }

    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{Id}.{Version}.nupkg");
        System.IO.File.WriteAllBytes(file, Image());
        return file;
    }

    private static void Add(ZipArchive zip, string path, byte[] bytes)
    {
        var entry = zip.CreateEntry(path);
        entry.LastWriteTime = Stamp;
        using var stream = entry.Open();
        stream.Write(bytes);
    }
}
