using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace Orca.TestKit;

/// <summary>Compares what a test produced with the text that was accepted before, kept in <c>snapshots/</c> beside the test.</summary>
/// <remarks><c>SNAPSHOT_UPDATE=1</c> accepts what is produced; under <c>CI=true</c> it is ignored.</remarks>
public static class Snapshot
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly bool Accept = Environment.GetEnvironmentVariable("SNAPSHOT_UPDATE") == "1" && !Continuous.Integration;

    /// <summary>Fails the test where the value differs from what was accepted, with the lines that differ.</summary>
    /// <param name="value">A text, or any value, which is written as indented JSON.</param>
    /// <param name="name">Tells apart several snapshots of one test.</param>
    /// <param name="scrub">Takes out what differs from run to run, past GUIDs and times, which are taken out anyhow.</param>
    /// <param name="file">The test's file.</param>
    /// <param name="member">The test.</param>
    public static void Match(
        object value,
        string? name = null,
        Func<string, string>? scrub = null,
        [CallerFilePath] string file = "",
        [CallerMemberName] string member = "")
    {
        var text = Scrubber.Scrub(value as string ?? JsonSerializer.Serialize(value, Indented));
        text = (scrub?.Invoke(text) ?? text).TrimEnd('\n') + "\n";

        var stem = $"{Path.GetFileNameWithoutExtension(file)}.{member}{(name is null ? "" : "." + name)}";
        if (Difference(text, Path.Combine(Path.GetDirectoryName(file)!, "snapshots"), stem, Accept) is { } difference)
        {
            Assert.Fail(difference);
        }
    }

    /// <summary>Compares, accepts or leaves the received text beside the verified one; gets what to tell where they differ.</summary>
    internal static string? Difference(string text, string folder, string stem, bool accept)
    {
        var verified = Path.Combine(folder, stem + ".verified.txt");
        var received = Path.Combine(folder, stem + ".received.txt");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;

        Directory.CreateDirectory(folder);
        File.Delete(received);
        if (expected == text)
        {
            return null;
        }

        File.WriteAllText(accept ? verified : received, text);
        return accept ? null
            : $"{stem} differs from what was accepted. Look at {received}; to accept it, run this test with SNAPSHOT_UPDATE=1.\n"
                + LineDiff.Between(expected ?? "", text);
    }
}
