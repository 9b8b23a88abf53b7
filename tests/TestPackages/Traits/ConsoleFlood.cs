/// <summary>Writes to the console without end.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        for (var i = 0; i < 5_000; i++)
        {
            Console.WriteLine($"line {i} of {user.Id}");
            Console.Error.WriteLine(new string('x', 2_000));
        }

        return default;
    }
}
