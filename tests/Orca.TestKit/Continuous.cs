using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Orca.TestKit;

/// <summary>Whether tests run unattended, where nothing may be skipped for a missing server and no snapshot accepted.</summary>
public static class Continuous
{
    /// <summary>Gets whether the environment says <c>CI=true</c>.</summary>
    public static bool Integration { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Skips the test for want of something that this machine lacks; unattended it fails instead.</summary>
    [DoesNotReturn]
    public static void SkipOrFail(string reason)
    {
        if (Integration)
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }
}
