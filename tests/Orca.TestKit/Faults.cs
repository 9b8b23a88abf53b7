using Xunit;

namespace Orca.TestKit;

/// <summary>The faults that a guard has found, one sentence each.</summary>
public static class Faults
{
    /// <summary>Fails the test where there are any, and lists them whole.</summary>
    public static void None(IEnumerable<string> faults)
    {
        var found = faults.Distinct().Order(StringComparer.Ordinal).ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{found.Count} found:\n{string.Join('\n', found)}");
        }
    }
}
