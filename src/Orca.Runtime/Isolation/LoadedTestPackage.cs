using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orca.Packages;
using Orca.Plans;

namespace Orca.Isolation;

/// <summary>A test package loaded in a context of its own, from which tests are constructed.</summary>
internal sealed class LoadedTestPackage : IAsyncDisposable
{
    private const int MostCollections = 12;
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromMilliseconds(50);

    private readonly PackageVersion _name;
    private readonly Lock _lock = new();
    private readonly WeakReference _gone;
    private PackageLoadContext? _context;
    private Dictionary<string, Type>? _types;
    private Type? _startup;
    private List<IAsyncDisposable>? _owned = [];

    private LoadedTestPackage(InstalledPackage package, TestPackageContents contents, PackageLoadContext context, Dictionary<string, Type> types, Type? startup)
    {
        (_name, Contents, _context, _types, _startup) = (package.Lock.Root, contents, context, types, startup);
        _gone = new WeakReference(context);
    }

    /// <summary>What was read from the package.</summary>
    public TestPackageContents Contents { get; }

    /// <summary>Loads an installed package; nothing of it runs yet. One that is not collectible stays until the process ends.</summary>
    public static Outcome<LoadedTestPackage> Load(InstalledPackage package, bool isCollectible = true)
    {
        if (!TestPackageContents.Read(package).TryGet(out var contents, out var problems))
        {
            return problems;
        }

        var context = new PackageLoadContext(package, isCollectible);
        try
        {
            var types = new Dictionary<string, Type>(StringComparer.Ordinal);
            foreach (var test in contents.Tests)
            {
                types.Add(test.Name, TypeOf<ILoadTest>(context, test.Assembly, test.TypeName));
            }

            var startup = contents.Startup is { } name ? TypeOf<ILoadTestStartup>(context, name.Assembly, name.FullName) : null;
            return new LoadedTestPackage(package, contents, context, types, startup);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or InvalidCastException)
        {
            Unload(context);
            return new Problem($"Loading {package.Lock.Root} failed: {Cause(e)}")
            {
                Where = package.Folder,
                Advice = e is FileLoadException ? "Run again: a changed file is installed anew." : "Build the package again, with all that it needs as dependencies.",
            };
        }
    }

    /// <summary>Constructs the test of a scenario with its services; a problem where it is unknown or its constructor throws.</summary>
    public Outcome<ConstructedTest> Construct(Scenario scenario, RunPlan plan, IReadOnlyDictionary<string, string> secrets, TimeProvider clock, ILoggerFactory loggers)
    {
        Type? type, startup;
        lock (_lock)
        {
            if (_types is null)
            {
                return Unloading();
            }

            if (!_types.TryGetValue(scenario.Test, out type))
            {
                return Unknown(scenario);
            }

            startup = _startup;
        }

        return Parameters.Build(scenario, plan, secrets).TryGet(out var parameters, out var problems)
            ? Construct(scenario, type, startup, parameters, clock, loggers)
            : problems;
    }

    /// <summary>The class of a test that the package has.</summary>
    public Type TypeOf(string test)
    {
        lock (_lock)
        {
            return _types?.GetValueOrDefault(test) ?? throw new InvalidOperationException($"{_name} has no test '{test}' now.");
        }
    }

    /// <summary>Disposes the tests and begins unloading.</summary>
    public async ValueTask DisposeAsync()
    {
        List<IAsyncDisposable> owned;
        lock (_lock)
        {
            owned = _owned ?? [];
            (_owned, _types, _startup) = (null, null, null);
        }

        foreach (var test in owned)
        {
            await test.DisposeAsync();
        }

        owned.Clear();
        BeginUnload();
    }

    /// <summary>Disposes the tests, unloads, and waits a little for the context to be gone; the problem where something keeps it alive.</summary>
    /// <returns>A problem, or null.</returns>
    public async Task<Problem?> UnloadAsync(TimeProvider clock, CancellationToken ct)
    {
        var isCollectible = _context is { IsCollectible: true };
        await DisposeAsync();
        if (!isCollectible)
        {
            return null;
        }

        for (var tries = 0; tries < MostCollections; tries++)
        {
            if (IsGone())
            {
                return null;
            }

            await Task.Delay(BetweenCollections, clock, ct);
        }

        return IsGone() ? null : new Problem($"{_name} did not unload: something still refers to it, and its memory stays in use until this process ends.")
        {
            Advice = "What usually holds it: a running timer or task, a registration on a token or an event of the process, TypeDescriptor (as Newtonsoft.Json uses it), or a native library.",
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsGone()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !_gone.IsAlive;
    }

    // Apart, so that no frame or state machine that waits keeps the context in a local.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeginUnload()
    {
        if (Interlocked.Exchange(ref _context, null) is { } context)
        {
            HotReloadCaches.Clear();
            Unload(context);
        }
    }

    private static void Unload(PackageLoadContext context)
    {
        if (context.IsCollectible)
        {
            context.Unload();
        }
    }

    private Outcome<ConstructedTest> Construct(Scenario scenario, Type type, Type? startup, ConfigurationRoot parameters, TimeProvider clock, ILoggerFactory loggers)
    {
        TestServices services;
        try
        {
            services = TestServices.Build(scenario.Test, type, startup, parameters, clock, loggers);
        }
        catch (Exception e)
        {
            return Thrown($"{startup?.FullName}.{nameof(ILoadTestStartup.ConfigureServices)}", scenario, e);
        }

        if (!TryOwn(services))
        {
            return Unloading();
        }

        try
        {
            // What a failed constructor leaves in the services is disposed with the package.
            var constructed = services.Construct(type);
            return TryOwn(constructed) ? constructed : Unloading();
        }
        catch (Exception e)
        {
            return Thrown($"the constructor of {type.FullName}", scenario, e);
        }
    }

    private bool TryOwn(IAsyncDisposable disposable)
    {
        lock (_lock)
        {
            _owned?.Add(disposable);
            return _owned is not null;
        }
    }

    private Problem Unloading() => new($"{_name} is being unloaded; it constructs no more tests.");

    private static Type TypeOf<T>(PackageLoadContext context, string assembly, string name)
    {
        var type = context.LoadFromAssemblyName(new AssemblyName(assembly)).GetType(name, throwOnError: true)!;
        return type.IsAssignableTo(typeof(T)) ? type : throw new InvalidCastException($"{name} implements a {typeof(T).Name} that is not this host's.");
    }

    private Problem Unknown(Scenario scenario)
    {
        var known = Contents.Tests.Select(test => test.Name).ToImmutableArray();
        return new Problem($"{_name} has no test '{scenario.Test}'; it has {string.Join(", ", known)}.")
        {
            Where = $"scenarios.{scenario.Name}.test",
            Advice = NearestName.Of(scenario.Test, known) is { } near ? $"Did you mean '{near}'?" : "Name one of them.",
        };
    }

    private Problem Thrown(string where, Scenario scenario, Exception e) =>
        new($"Constructing test '{scenario.Test}' failed: {where} threw {Cause(e)}")
        {
            Where = $"scenarios.{scenario.Name}, {_name}",
            Advice = e is InvalidOperationException && e.Message.StartsWith("Unable to resolve service", StringComparison.Ordinal)
                ? "Register the service in the package's ILoadTestStartup."
                : "Correct the test, and run it in a debugger with LoadTestHost.RunOnceAsync.",
        };

    private static string Cause(Exception exception)
    {
        var e = exception;
        while (e is TargetInvocationException or TypeInitializationException or FileLoadException or FileNotFoundException && e.InnerException is { } inner)
        {
            e = inner;
        }

        return $"{e.GetType().FullName}: {e.Message}";
    }
}
