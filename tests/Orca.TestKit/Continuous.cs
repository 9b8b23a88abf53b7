namespace Orca.TestKit;

/// <summary>Whether tests run unattended, where nothing may be skipped for a missing server and no snapshot accepted.</summary>
public static class Continuous
{
    /// <summary>Gets whether the environment says <c>CI=true</c>.</summary>
    public static bool Integration { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
