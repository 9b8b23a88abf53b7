using System.Diagnostics;
using System.Globalization;

namespace Orca.Runs.Workers.Child;

/// <summary>How this host starts a process like itself: with its own deps and runtime configuration, and Orca.Worker beside them.</summary>
internal sealed record ChildHost(string Dotnet, string Deps, string RuntimeConfig, string Worker)
{
    private const string DepsSuffix = ".deps.json";
    private const string WorkerFile = "Orca.Worker.dll";

    /// <summary>Finds it; a problem where this host cannot, as a single file or with a runtime of its own.</summary>
    public static Outcome<ChildHost> Find()
    {
        var worker = Path.Combine(AppContext.BaseDirectory, WorkerFile);
        var deps = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';')[0] ?? "";
        if (!deps.EndsWith(DepsSuffix, StringComparison.OrdinalIgnoreCase) || !File.Exists(deps) || !File.Exists(worker))
        {
            return Unable(File.Exists(worker) ? "this host has no .deps.json file of its own" : $"{WorkerFile} does not lie beside it, in {AppContext.BaseDirectory}");
        }

        var runtimeConfig = deps[..^DepsSuffix.Length] + ".runtimeconfig.json";
        return !File.Exists(runtimeConfig) ? Unable($"there is no {runtimeConfig}")
            : FindDotnet() is { } dotnet ? new ChildHost(dotnet, deps, runtimeConfig, worker)
            : Unable("this host brings a runtime of its own, without a dotnet command");
    }

    /// <summary>The command that starts the child with its two pipe handles.</summary>
    public ProcessStartInfo Command(string reads, string writes, ChildEnvironment environment, long? memoryLimit)
    {
        var start = new ProcessStartInfo(Dotnet, ["exec", "--depsfile", Deps, "--runtimeconfig", RuntimeConfig, Worker, reads, writes])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        environment.Restrict(start.Environment);

        // With one processor .NET otherwise waits ten times as long, a second without any new code, before it compiles for good what is called often.
        start.Environment.TryAdd("DOTNET_TC_DelaySingleProcMultiplier", "1");
        if (memoryLimit is { } limit)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + limit.ToString("X", CultureInfo.InvariantCulture);
        }

        return start;
    }

    private static Problem Unable(string why) => new($"This host cannot run tests in a process of their own: {why}.")
    {
        Advice = "Publish the host framework-dependent and not as a single file, or set its isolation to inProcess.",
    };

    // …/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll lies three folders below the command.
    private static string? FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = Path.GetDirectoryName(typeof(object).Assembly.Location);
        for (var up = 0; up < 3; up++)
        {
            root = Path.GetDirectoryName(root);
        }

        return root is not null && Path.Combine(root, name) is var file && File.Exists(file) ? file : null;
    }
}
