/// <summary>Reads a data file beside its assembly.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        user.Check("xml", DataFile.Beside<SampleLoadTest>("orders.xml").Path is var xml && System.IO.File.ReadAllText(xml) == "<orders />");
        return default;
    }
}
