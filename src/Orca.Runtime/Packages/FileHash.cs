using System.Security.Cryptography;

namespace Orca.Packages;

/// <summary>The SHA-512 of a file, base64, as NuGet writes it.</summary>
internal static class FileHash
{
    public static string Of(Stream stream) => Convert.ToBase64String(SHA512.HashData(stream));

    /// <summary>The hash of a file; null where it cannot be read.</summary>
    public static string? TryOf(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Of(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
