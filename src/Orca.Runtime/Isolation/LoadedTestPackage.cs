using Microsoft.Extensions.Logging;
using Orca.Packages;
using Orca.Plans;

namespace Orca.Isolation;

/// <summary>A test package loaded in a context of its own, from which tests are constructed.</summary>
internal sealed class LoadedTestPackage : IAsyncDisposable
{
    /// <summary>Loads an installed package; nothing of it runs yet.</summary>
    public static Outcome<LoadedTestPackage> Load(InstalledPackage package) => throw new NotImplementedException();

    /// <summary>Constructs the test of a scenario with its services; a problem where it is unknown or its constructor throws.</summary>
    public Outcome<ConstructedTest> Construct(Scenario scenario, RunPlan plan, IReadOnlyDictionary<string, string> secrets, TimeProvider clock, ILoggerFactory loggers) => throw new NotImplementedException();

    /// <summary>Disposes the tests and begins unloading.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
