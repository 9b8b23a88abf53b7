/// <summary>Tells which environment variables it sees, and looks among them for a secret of the drone's.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct)
    {
        var names = new System.Collections.ArrayList(Environment.GetEnvironmentVariables().Keys);
        context.Logger.LogInformation("sees {Names}", string.Join(' ', names.ToArray()));
        return default;
    }

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var isTold = false;
        foreach (string value in Environment.GetEnvironmentVariables().Values)
        {
            isTold |= value.Contains("s3cret");
        }

        user.Check("no secret", !isTold);
        return default;
    }
}
