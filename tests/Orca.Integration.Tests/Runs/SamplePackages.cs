using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Orca.Samples.EchoTest;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>Puts the sample test package and its closure into a workshop's feed, from the assemblies beside these tests: no other feed is asked.</summary>
internal static class SamplePackages
{
    public const string Id = "Orca.Samples.EchoTest";

    private const string Json = "NodaTime.Serialization.SystemTextJson";

    private static readonly DataFile Terms = DataFile.Beside<ShopLoadTest>("search-terms.csv");

    public static Workshop AddSample(this Workshop shop) => shop.Add(
        Of(Id, typeof(ShopLoadTest)).File($"lib/net10.0/{Terms.Name}", File.ReadAllBytes(Terms.Path)).Depends(Json, "1.0.0"),
        Of(Json, typeof(NodaConverters)).Contract(null).Depends("NodaTime", "1.0.0"),
        Of("NodaTime", typeof(Instant)).Contract(null));

    private static TestPackage Of(string id, Type inside) =>
        new TestPackage(id).File($"lib/net10.0/{inside.Assembly.GetName().Name}.dll", File.ReadAllBytes(inside.Assembly.Location));
}
