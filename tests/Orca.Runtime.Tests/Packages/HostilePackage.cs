using System.IO.Compression;
using System.Text;
using Orca.TestKit;

namespace Orca.Tests.Packages;

/// <summary>Package files that mean harm, made by hand: all call themselves Acme.Tests 1.0.0.</summary>
internal static class HostilePackage
{
    public const string Id = "Acme.Tests";
    private const string GoodNuspec = "<package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\"><metadata><id>Acme.Tests</id><version>1.0.0</version><authors>t</authors><description>t</description></metadata></package>";
    private static readonly Lazy<byte[]> Assembly = new(() => TestCompiler.Compile(Id, $"public sealed class SampleLoadTest : ILoadTest {{ {TestCompiler.Run} }}"));

    /// <summary>The kinds, and which of them may not reach a drone's disk either.</summary>
    public static IReadOnlyDictionary<string, Func<byte[]>> Kinds { get; } = new Dictionary<string, Func<byte[]>>
    {
        ["slip"] = () => With("../evil.txt"),
        ["deep slip"] = () => With("../../../../../../../../tmp/evil.txt"),
        ["slip inside"] = () => With("lib/../../evil.txt"),
        ["backslash slip"] = () => With("..\\evil.txt"),
        ["mixed slip"] = () => With("lib/..\\..\\evil.txt"),
        ["absolute"] = () => With("/tmp/evil.txt"),
        ["drive"] = () => With("C:/evil.txt"),
        ["share"] = () => With("//server/share/evil.txt"),
        ["escaped slip"] = () => With("%2e%2e/evil.txt"),
        ["escaped slash"] = () => With("..%2fevil.txt"),
        ["dot segment"] = () => With("lib/./evil.txt"),
        ["empty segment"] = () => With("lib//evil.txt"),
        ["control character"] = () => With("lib/ev\u0001il.txt"),
        ["line break"] = () => With("lib/ev\nil.txt"),
        ["alternate stream"] = () => With("lib/net10.0/Acme.Tests.dll:evil"),
        ["device name"] = () => With("lib/net10.0/CON"),
        ["device with extension"] = () => With("lib/net10.0/nul.txt"),
        ["trailing dot"] = () => With("lib/net10.0/evil."),
        ["trailing blank"] = () => With("lib/net10.0/evil "),
        ["long path"] = () => With("lib/" + string.Concat(Enumerable.Repeat("abcdefgh/", 60)) + "evil.txt"),
        ["symbolic link"] = () => With("lib/net10.0/link", "/etc/passwd", attributes: 0xA1FF << 16),
        ["device node"] = () => With("lib/net10.0/node", attributes: 0x21B6 << 16),
        ["named pipe"] = () => With("lib/net10.0/pipe", attributes: 0x11B6 << 16),
        ["case collision"] = () => With("lib/net10.0/ACME.tests.DLL"),
        ["same name twice"] = () => With("lib/net10.0/Acme.Tests.dll"),
        ["file and folder"] = () => With("lib/net10.0/Acme.Tests.dll/evil.txt"),
        ["too many files"] = () => Zip(zip =>
        {
            Base(zip);
            for (var i = 0; i < 210; i++)
            {
                Add(zip, $"content/{i}", []);
            }
        }),
        ["size bomb"] = () => Zip(zip =>
        {
            Base(zip);
            Add(zip, "content/zeros", new byte[5 << 20]);
        }),
        ["ratio bomb"] = () => Zip(zip =>
        {
            Base(zip);
            for (var i = 0; i < 4; i++)
            {
                Add(zip, $"content/{i}", new byte[1000 << 10]);
            }
        }),
        ["size that lies"] = () => LieAboutSize(Zip(zip =>
        {
            Base(zip);
            Add(zip, "content/zeros", new byte[3 << 20]);
        }), "content/zeros"),
        ["huge nuspec"] = () => Zip(zip =>
        {
            Add(zip, $"{Id}.nuspec", Encoding.UTF8.GetBytes(GoodNuspec.Replace(">t<", $">{new string('t', 2 << 20)}<", StringComparison.Ordinal)));
            Add(zip, $"lib/net10.0/{Id}.dll", Assembly.Value);
        }),
        ["two nuspecs"] = () => With("Other.nuspec", GoodNuspec),
        ["no nuspec"] = () => Zip(zip => Add(zip, $"lib/net10.0/{Id}.dll", Assembly.Value)),
        ["entity bomb"] = () => Nuspec("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>" + GoodNuspec.Replace(">t<", ">&c;<", StringComparison.Ordinal)),
        ["external entity"] = () => Nuspec("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + GoodNuspec.Replace(">t<", ">&a;<", StringComparison.Ordinal)),
        ["broken XML"] = () => Nuspec(GoodNuspec[..^9]),
        ["XML of another kind"] = () => Nuspec("<project />"),
        ["another id"] = () => Nuspec(GoodNuspec.Replace("<id>Acme.Tests", "<id>Other.Tests", StringComparison.Ordinal)),
        ["id that leads elsewhere"] = () => Nuspec(GoodNuspec.Replace("<id>Acme.Tests", "<id>../../evil", StringComparison.Ordinal)),
        ["another version"] = () => Nuspec(GoodNuspec.Replace("1.0.0", "2.0.0", StringComparison.Ordinal)),
        ["no version"] = () => Nuspec(GoodNuspec.Replace("1.0.0", "one", StringComparison.Ordinal)),
        ["range that is none"] = () => Nuspec(Depending("Lib", "[2.0,1.0")),
        ["dependency that leads elsewhere"] = () => Nuspec(Depending("../../evil", "1.0.0")),
        ["dependency on itself"] = () => Nuspec(Depending(Id, "1.0.0")),
        ["truncated"] = () => Good()[..^40],
        ["half"] = () => Good()[..(Good().Length / 2)],
        ["garbage"] = () => [.. Enumerable.Range(0, 4096).Select(i => (byte)((i * 197) ^ (i >> 3)))],
        ["empty"] = () => [],
        ["no entries"] = () => Zip(_ => { }),
        ["damaged contents"] = () => Patch(Good(), bytes => bytes[(bytes.Length / 2)..(bytes.Length / 2 + 64)].Reverse()),
        ["directory that lies about entries"] = () => Patch(Good(), bytes => bytes[^12..^10].Fill(0xFF)),
        ["directory outside the file"] = () => Patch(Good(), bytes => bytes[^6..^2].Fill(0x7F)),
        ["assembly that is none"] = () => Zip(zip =>
        {
            Add(zip, $"{Id}.nuspec", Encoding.UTF8.GetBytes(GoodNuspec));
            Add(zip, $"lib/net10.0/{Id}.dll", "MZ this is no assembly"u8.ToArray());
        }),
        ["half an assembly"] = () => Zip(zip =>
        {
            Add(zip, $"{Id}.nuspec", Encoding.UTF8.GetBytes(GoodNuspec));
            Add(zip, $"lib/net10.0/{Id}.dll", Assembly.Value[..(Assembly.Value.Length / 2)]);
        }),
        ["runtime.json that is none"] = () => With("runtime.json", "{\"runtimes\":{\"linux-x64\":[]"),
    };

    public static byte[] Good() => Zip(Base);

    /// <summary>The test assembly that all of them claim to hold.</summary>
    public static (string Path, byte[] Bytes) TestAssembly => ($"lib/net10.0/{Id}.dll", Assembly.Value);

    private static string Depending(string id, string range) => GoodNuspec.Replace(
        "</metadata>", $"<dependencies><group targetFramework=\"net10.0\"><dependency id=\"{id}\" version=\"{range}\" /></group></dependencies></metadata>", StringComparison.Ordinal);

    private static byte[] Nuspec(string text) => Zip(zip =>
    {
        Add(zip, $"{Id}.nuspec", Encoding.UTF8.GetBytes(text));
        Add(zip, $"lib/net10.0/{Id}.dll", Assembly.Value);
    });

    private static byte[] With(string path, string text = "evil", int attributes = 0) => Zip(zip =>
    {
        Base(zip);
        Add(zip, path, Encoding.UTF8.GetBytes(text), attributes);
    });

    private static void Base(ZipArchive zip)
    {
        Add(zip, $"{Id}.nuspec", Encoding.UTF8.GetBytes(GoodNuspec));
        Add(zip, $"lib/net10.0/{Id}.dll", Assembly.Value);
    }

    private static void Add(ZipArchive zip, string path, byte[] bytes, int attributes = 0)
    {
        var entry = zip.CreateEntry(path);
        entry.ExternalAttributes = attributes;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return stream.ToArray();
    }

    private delegate void Change(Span<byte> bytes);

    private static byte[] Patch(byte[] bytes, Change change)
    {
        change(bytes);
        return bytes;
    }

    // Both the local header and the directory say that the contents are one byte long.
    private static byte[] LieAboutSize(byte[] zip, string path)
    {
        var name = Encoding.UTF8.GetBytes(path);
        for (var at = zip.AsSpan().IndexOf(name); at >= 0;)
        {
            var isDirectory = zip[at - 46] == 'P' && zip[at - 45] == 'K' && zip[at - 44] == 1;
            BitConverter.TryWriteBytes(zip.AsSpan(at - (isDirectory ? 46 - 24 : 30 - 22), 4), 1);
            var next = zip.AsSpan(at + 1).IndexOf(name);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return zip;
    }
}
