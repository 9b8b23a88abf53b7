using System.Reflection;
using Orca.TestKit;

namespace Orca.Tests.House;

public sealed class AbstractionsTests
{
    private static readonly Assembly Library = typeof(ILoadTest).Assembly;

    [Fact]
    public void PublicApi_AsBuilt_IsTheAcceptedOne() => PublicApi.Match(Library);

    [Fact]
    public void References_AsBuilt_AreTheThreeAbstractions()
    {
        string[] allowed =
        [
            "Microsoft.Extensions.Configuration.Abstractions",
            "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions",
        ];

        var references = Library.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Faults.None(references.Except(allowed));
    }

    [Fact]
    public void AssemblyVersion_AsBuilt_HasOnlyAMajorPart()
    {
        var version = Library.GetName().Version!;

        Assert.Equal(new Version(version.Major, 0, 0, 0), version);
    }
}
