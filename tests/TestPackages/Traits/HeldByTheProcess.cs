/// <summary>Cannot be unloaded: the process holds on to it.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    private static readonly System.Collections.Generic.List<SampleLoadTest> All = [];

    public SampleLoadTest()
    {
        All.Add(this);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => All.Clear();
        _ = System.ComponentModel.TypeDescriptor.GetConverter(typeof(SampleLoadTest));
    }

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
}
