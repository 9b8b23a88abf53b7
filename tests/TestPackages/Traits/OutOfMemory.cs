/// <summary>Keeps all that it allocates, without end.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    private readonly System.Collections.Generic.List<byte[]> _kept = [];

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        while (true)
        {
            lock (_kept)
            {
                _kept.Add(new byte[1 << 20]);
            }
        }
    }
}
