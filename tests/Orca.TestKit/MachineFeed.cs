using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using Xunit;

namespace Orca.TestKit;

/// <summary>The package feeds that this machine is configured with, for tests that fetch real packages.</summary>
public static class MachineFeed
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly Lazy<Task<string?>> Fault = new(FindFaultAsync);

    /// <summary>Skips the test, with the reason, where no remote feed answers; under <c>CI=true</c> it fails instead.</summary>
    public static async Task RequireAsync()
    {
        if (await Fault.Value is not { } fault)
        {
            return;
        }

        if (Continuous.Integration)
        {
            Assert.Fail(fault);
        }

        Assert.Skip(fault);
    }

    private static async Task<string?> FindFaultAsync()
    {
        var sources = new PackageSourceProvider(Settings.LoadDefaultSettings(Repository.Root)).LoadPackageSources()
            .Where(source => source.IsEnabled && source.IsHttp)
            .ToList();
        if (sources.Count == 0)
        {
            return "No remote package feed is configured on this machine.";
        }

        var fault = "";
        foreach (var source in sources)
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await NuGet.Protocol.Core.Types.Repository.Factory.GetCoreV3(source)
                    .GetResourceAsync<ServiceIndexResourceV3>(patience.Token);
                return null;
            }
            catch (Exception e) when (e is FatalProtocolException or OperationCanceledException)
            {
                fault += $"The package feed {source.Name} does not answer: {e.Message} ";
            }
        }

        return fault;
    }
}
