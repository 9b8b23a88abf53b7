/// <summary>Speaks French by a satellite assembly.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var french = typeof(SampleLoadTest).Assembly.GetSatelliteAssembly(new System.Globalization.CultureInfo("fr"));
        user.Check("french", french.GetName().CultureName == "fr");
        return default;
    }
}
