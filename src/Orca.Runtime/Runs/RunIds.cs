using System.Globalization;

namespace Orca.Runs;

/// <summary>Names of runs: they sort by time and do not meet.</summary>
internal static class RunIds
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public static string New(TimeProvider clock, Random random) =>
        clock.GetUtcNow().ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + new string(random.GetItems<char>(Letters, 4));
}
