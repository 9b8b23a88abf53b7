using System.Diagnostics;
using Orca.Samples.Target;

namespace Orca.Tests.Samples;

public sealed class TargetProcessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OnFreePorts_TellsBothAddressesAndEndsWithItsStandardInput()
    {
        using var target = Start();

        var ready = await target.StandardOutput.ReadLineAsync(Ct);
        Assert.Matches(@"^ready http=http://127\.0\.0\.1:\d+ echo=127\.0\.0\.1:\d+$", ready);
        using var client = new HttpClient { BaseAddress = new Uri(ready!.Split(' ')[1]["http=".Length..]) };
        Assert.Equal("Hello, world!", await client.GetStringAsync("/", Ct));

        target.StandardInput.Close();
        await target.WaitForExitAsync(Ct);
        Assert.Equal(0, target.ExitCode);
    }

    [Theory]
    [InlineData("--urls http://0.0.0.0:80", "--urls http://0.0.0.0:80: not an http address of this machine's loopback interface")]
    [InlineData("--echo-port 70000", "--echo-port 70000: not a port")]
    [InlineData("--port 1", "--port: not an option")]
    public async Task Start_WithABadOption_SaysSoAndEndsWith2(string options, string fault)
    {
        using var target = Start(options.Split(' '));

        var error = await target.StandardError.ReadToEndAsync(Ct);
        await target.WaitForExitAsync(Ct);

        Assert.StartsWith(fault, error);
        Assert.Equal(2, target.ExitCode);
    }

    private static Process Start(params string[] options) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(TargetServer).Assembly.Location, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
