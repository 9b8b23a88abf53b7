using System.Text.Json;
using Xunit;

namespace Orca.TestKit.Servers;

/// <summary>The servers that this machine has; a test that needs one that it has not skips, and fails under <c>CI=true</c>.</summary>
internal static class Installed
{
    public static string RedisServer() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists)
        ?? Missing("There is no redis-server on this machine: install it (apt-get install redis-server).");

    /// <summary>The server itself: the command of the tool would be its parent, which a signal does not pass on.</summary>
    public static string Garnet()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(".config/dotnet-tools.json")));
        var version = manifest.RootElement.GetProperty("tools").GetProperty("garnet-server").GetProperty("version").GetString()!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var server = Path.Combine(packages, "garnet-server", version, "tools", "net10.0", "any", "GarnetServer.dll");
        return File.Exists(server) ? server : Missing("Garnet is not restored on this machine: run 'dotnet tool restore'.");
    }

    /// <summary>What gives a process another wall clock, when loaded before all else.</summary>
    public static string FakeTime() =>
        (Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists) : null)
        ?? Missing("There is no libfaketime on this machine: install it (apt-get install libfaketime).");

    private static string Missing(string reason)
    {
        if (Continuous.Integration)
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
        return "";
    }
}
