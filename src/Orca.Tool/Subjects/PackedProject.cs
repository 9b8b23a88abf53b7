using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orca.Tool.Subjects;

/// <summary>A project packed into a private feed, with a cache of its own: nothing is left of it.</summary>
internal sealed partial class PackedProject : IDisposable
{
    private readonly string _folder;

    private PackedProject(string folder, string id, string version) => (_folder, Id, Version) = (folder, id, version);

    public string Id { get; }

    public string Version { get; }

    public string Feed => FeedIn(_folder);

    public string Cache => Path.Combine(_folder, "cache");

    /// <summary>Packs a project, and the projects that it refers to and that are packages themselves.</summary>
    public static async Task<Outcome<PackedProject>> PackAsync(string project, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("orca-").FullName;
        try
        {
            // A version that no cache has: a version's bytes never change.
            var version = "1.0.0-local." + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
            var problem = await PackAsync(project, folder, version, ct).ConfigureAwait(false);
            var made = Directory.Exists(FeedIn(folder)) ? Directory.GetFiles(FeedIn(folder), $"*.{version}.nupkg") : [];
            if (problem is null && made is [var package])
            {
                problem = await PackReferencesAsync(project, folder, version, ct).ConfigureAwait(false);
                if (problem is null)
                {
                    return new PackedProject(folder, Path.GetFileName(package)[..^$".{version}.nupkg".Length], version);
                }
            }

            Directory.Delete(folder, recursive: true);
            return problem ?? new Problem($"Packing {project} made no package.")
            {
                Advice = "Reference Orca.Abstractions from it, and put an orca.json beside it.",
            };
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string FeedIn(string folder) => Path.Combine(folder, "feed");

    private static async Task<Problem?> PackAsync(string project, string folder, string version, CancellationToken ct)
    {
        var (exitCode, text) = await DotnetAsync(["pack", project, "--output", FeedIn(folder), $"-p:PackageVersion={version}", "--nologo", "--verbosity", "quiet"], ct).ConfigureAwait(false);
        return exitCode == 0 ? null : new Problem($"Packing {project} failed:{Environment.NewLine}{Errors(text)}") { Advice = $"'dotnet pack {project}' shows the same." };
    }

    // The package names the projects that it refers to as packages of the same version.
    private static async Task<Problem?> PackReferencesAsync(string project, string folder, string version, CancellationToken ct)
    {
        var packed = new HashSet<string>(StringComparer.Ordinal) { project };
        var open = new Queue<string>(packed);
        while (open.TryDequeue(out var next))
        {
            foreach (var reference in await ReferencesAsync(next, ct).ConfigureAwait(false))
            {
                if (!packed.Add(reference))
                {
                    continue;
                }

                if (await PackAsync(reference, folder, version, ct).ConfigureAwait(false) is { } problem)
                {
                    return problem;
                }

                open.Enqueue(reference);
            }
        }

        return null;
    }

    private static async Task<IReadOnlyList<string>> ReferencesAsync(string project, CancellationToken ct)
    {
        var (exitCode, text) = await DotnetAsync(["list", project, "reference"], ct).ConfigureAwait(false);
        if (exitCode != 0)
        {
            return [];
        }

        var folder = Path.GetDirectoryName(project)!;
        return
        [
            .. text.Split('\n')
                .Select(line => line.Trim().Replace('\\', '/'))
                .Where(line => line.EndsWith("proj", StringComparison.Ordinal))
                .Select(line => Path.GetFullPath(line, folder))
                .Where(File.Exists),
        ];
    }

    private static async Task<(int ExitCode, string Text)> DotnetAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        try
        {
            var text = await process.StandardOutput.ReadToEndAsync(ct).ConfigureAwait(false);
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
            return (process.ExitCode, text);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Errors(string text)
    {
        var errors = text.Split('\n').Select(line => line.Trim()).Where(line => ErrorLine().IsMatch(line)).Distinct().ToList();
        return errors.Count > 0 ? string.Join(Environment.NewLine, errors) : text.Trim();
    }

    [GeneratedRegex(@"\berror\b\s+\w+\d+", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorLine();
}
