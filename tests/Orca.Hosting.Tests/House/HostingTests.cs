using System.Reflection;
using Orca.TestKit;

namespace Orca.Tests.House;

public sealed class HostingTests
{
    private static readonly Assembly Library = Assembly.Load("Orca.Hosting");

    [Fact]
    public void PublicApi_AsBuilt_IsTheAcceptedOne() => PublicApi.Match(Library);

    [Fact]
    public void LogEvents_AsDeclared_AreUniqueAndInTheirRange() =>
        Faults.None(LogEvents.FaultsIn(typeof(Problem).Assembly, Library));
}
