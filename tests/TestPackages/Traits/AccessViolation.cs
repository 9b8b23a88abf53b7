/// <summary>Writes where there is no memory, as faulty native code does.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        System.Runtime.InteropServices.Marshal.WriteInt64((nint)0x123456789, 1);
        return default;
    }
}
