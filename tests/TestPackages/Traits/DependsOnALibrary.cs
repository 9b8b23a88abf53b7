/// <summary>Tells the version of the library that it was given.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        user.Check($"version {Lib.Told.Version}", passed: true);
        return default;
    }
}
