using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Orca.Packages;

/// <summary>What must hold of a package file before anything of it is read or written: it may come from anyone.</summary>
internal static partial class NupkgShape
{
    private const int LongestPath = 400;
    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;

    /// <summary>The first fault of a package file, or null. A file that is no zip throws <see cref="InvalidDataException"/>.</summary>
    public static Problem? Check(string file, string package, PackageLimits limits)
    {
        var length = new FileInfo(file).Length;
        if (length > limits.FileBytes)
        {
            return Refused(package, $"its file has {length:N0} bytes, more than the {limits.FileBytes:N0} that are taken (limit 'FileBytes')");
        }

        using var zip = OpenZip(file);
        return FaultOf(zip, length, limits) is { } fault ? Refused(package, fault) : null;
    }

    private static ZipArchive OpenZip(string file)
    {
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException or InvalidDataException))
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static string? FaultOf(ZipArchive zip, long length, PackageLimits limits)
    {
        if (zip.Entries.Count > limits.Files)
        {
            return $"it holds {zip.Entries.Count:N0} files, more than the {limits.Files:N0} that are taken (limit 'Files')";
        }

        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var total = 0L;
        var nuspecs = 0;
        foreach (var entry in zip.Entries)
        {
            var path = Uri.UnescapeDataString(entry.FullName);
            if (FaultOf(entry.FullName) is { } fault || (fault = FaultOf(path)) is not null)
            {
                return $"its entry '{Shown(entry.FullName)}' {fault}";
            }

            if ((entry.ExternalAttributes >> 16) is not 0 and var mode && (mode & UnixTypeMask) is not (0 or UnixFile or UnixFolder))
            {
                return $"its entry '{Shown(path)}' is a link or a device, no file";
            }

            if (!paths.TryAdd(path.TrimEnd('/'), path))
            {
                return $"its entries '{Shown(paths[path.TrimEnd('/')])}' and '{Shown(path)}' have one name where case does not matter";
            }

            total += entry.Length;
            if (entry.Length < 0 || total > limits.ExtractedBytes)
            {
                return $"its files have more than the {limits.ExtractedBytes:N0} bytes that are taken (limit 'ExtractedBytes')";
            }

            if (!path.Contains('/') && path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase) && (++nuspecs > 1 || entry.Length > limits.NuspecBytes))
            {
                return nuspecs > 1 ? "it has more than one nuspec" : $"its nuspec has {entry.Length:N0} bytes, more than the {limits.NuspecBytes:N0} that are taken (limit 'NuspecBytes')";
            }
        }

        if (total > limits.RatioFrom && total / limits.Ratio > length)
        {
            return $"its contents are {total / Math.Max(1, length):N0} times as large as its file, more than the {limits.Ratio} that are taken (limit 'Ratio')";
        }

        // A file where another entry needs a folder would be written over, or fail half-way.
        var folders = paths.Keys.SelectMany(Parents).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return paths.Values.FirstOrDefault(path => !path.EndsWith('/') && folders.Contains(path)) is { } both
            ? $"its entry '{Shown(both)}' is a file and a folder"
            : null;
    }

    private static string? FaultOf(string path)
    {
        if (path.Length is 0 or > LongestPath)
        {
            return $"has a path of {path.Length} characters; 1 to {LongestPath} are taken";
        }

        if (path.Any(char.IsControl) || path.Contains('\\') || path.Contains(':'))
        {
            return "has characters in its path that no package needs";
        }

        if (path[0] == '/')
        {
            return "has an absolute path";
        }

        var parts = path.TrimEnd('/').Split('/');
        return parts.Any(part => part is ".." or "." or "") ? "wants to leave its folder"
            : parts.Any(part => part.EndsWith('.') || part.EndsWith(' ') || Device().IsMatch(part)) ? "has a name that Windows takes for another"
            : null;
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            yield return path[..at];
        }
    }

    private static Problem Refused(string package, string fault) =>
        new($"The package file of {package} was refused: {fault}.") { Advice = "Build the package again, or do not use it." };

    private static string Shown(string text) => new([.. text.Take(80).Select(c => char.IsControl(c) ? '?' : c)]);

    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Device();
}
