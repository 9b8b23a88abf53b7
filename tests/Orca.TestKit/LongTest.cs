using Xunit;

namespace Orca.TestKit;

/// <summary>Tests that do not fit into the five minutes of an ordinary run.</summary>
public static class LongTest
{
    /// <summary>Skips the test unless long ones are asked for, by <c>.ci/run --long</c> or <c>ORCA_LONG=1</c>.</summary>
    public static void Require() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ORCA_LONG") == "1", "Long: runs with ORCA_LONG=1.");
}
