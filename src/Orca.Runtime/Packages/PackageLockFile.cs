namespace Orca.Packages;

/// <summary>The lock beside a plan, <c>orca.lock.json</c> beside <c>orca.json</c>: the plan then runs those very bytes until it is deleted or written anew.</summary>
internal static class PackageLockFile
{
    public static string Beside(string planFile) => Path.ChangeExtension(planFile, ".lock.json");

    /// <summary>Reads a lock file; a problem where it is none, or another has been written into it.</summary>
    public static Outcome<PackageLock> Read(string file)
    {
        try
        {
            return PackageLockJson.Read(File.ReadAllText(file)).TryGet(out var pinned, out var problems)
                ? pinned
                : problems[0] with { Where = file, Advice = "Delete the file, and lock again." };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem($"The lock file {file} could not be read: {e.Message}");
        }
    }

    /// <summary>Writes a lock file whole or not at all; the problem where it could not.</summary>
    /// <returns>A problem, or null.</returns>
    public static Problem? Write(string file, PackageLock pinned)
    {
        var beside = file + ".new";
        try
        {
            File.WriteAllText(beside, PackageLockJson.WriteIndented(pinned));
            File.Move(beside, file, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem($"Writing the lock file {file} failed: {e.Message}");
        }
    }
}
