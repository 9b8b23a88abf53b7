namespace Orca.Samples.QuickStart;

/// <summary>Where this sample's repository lies.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The local feed that nuget.config names.</summary>
    public static string Feed => Path.Combine(Root, "artifacts", "packages");

    public static string Relative(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orca.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Orca.sln: run this sample from its repository.");
    }
}
