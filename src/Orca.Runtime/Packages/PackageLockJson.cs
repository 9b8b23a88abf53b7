using System.Text;
using System.Text.Json;

namespace Orca.Packages;

/// <summary>Writes and reads locks as JSON; what is read may come from anyone.</summary>
internal static class PackageLockJson
{
    private const int LargestText = 16 * 1024 * 1024;

    private static readonly PackageLockContext Indented = new(new JsonSerializerOptions(PackageLockContext.Default.Options) { WriteIndented = true, NewLine = "\n" });

    public static string Write(PackageLock pinned) => JsonSerializer.Serialize(pinned, PackageLockContext.Default.PackageLock);

    /// <summary>For a file that people keep and compare.</summary>
    public static string WriteIndented(PackageLock pinned) => JsonSerializer.Serialize(pinned, Indented.PackageLock) + "\n";

    /// <summary>Reads a lock; a problem where it is no JSON, no lock, unsound, or its hash does not match its contents.</summary>
    public static Outcome<PackageLock> Read(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) > LargestText)
        {
            return new Problem($"The package lock is not valid: it is larger than {LargestText / 1024 / 1024} MiB.");
        }

        try
        {
            if (JsonSerializer.Deserialize(json, PackageLockContext.Default.PackageLock) is not { } pinned)
            {
                return new Problem("The package lock is not valid: it is null.");
            }

            return LockRules.Check(pinned) is { IsEmpty: false } problems ? problems : pinned;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return new Problem($"The package lock is not valid: {e.Message}") { Advice = "Have the leader resolve the package again." };
        }
    }
}
