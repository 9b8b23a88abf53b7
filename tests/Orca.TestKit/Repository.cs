namespace Orca.TestKit;

/// <summary>Where the repository is, seen from a test's output folder.</summary>
public static class Repository
{
    /// <summary>Gets the folder that holds <c>Orca.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets a path below the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Orca.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Orca.sln.");
    }
}
