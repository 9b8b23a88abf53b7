/// <summary>Overflows its stack.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => Deeper(1) > 0 ? default : throw new InvalidOperationException();

    private static int Deeper(int n) => n == 0 ? 0 : Deeper(n + 1) + Deeper(n + 2);
}
