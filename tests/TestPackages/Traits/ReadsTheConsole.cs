/// <summary>Asks a question on the console.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) =>
        Console.ReadLine() is null ? default : throw new InvalidOperationException("Somebody typed.");
}
