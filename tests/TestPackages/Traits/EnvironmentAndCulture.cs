/// <summary>Changes what belongs to its whole process.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        Environment.SetEnvironmentVariable("ORCA_TRAIT", "changed");
        Environment.CurrentDirectory = System.IO.Path.GetTempPath();
        System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new("fr-FR");
        ThreadPool.SetMaxThreads(64, 64);
        return default;
    }
}
