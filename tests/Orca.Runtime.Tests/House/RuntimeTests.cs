using System.Reflection;
using Orca.TestKit;

namespace Orca.Tests.House;

public sealed class RuntimeTests
{
    private static readonly Assembly Library = typeof(Problem).Assembly;

    [Fact]
    public void PublicApi_AsBuilt_IsTheAcceptedOne() => PublicApi.Match(Library);

    [Fact]
    public void LogEvents_AsDeclared_AreUniqueAndInTheirRange() => Faults.None(LogEvents.FaultsIn(Library));
}
