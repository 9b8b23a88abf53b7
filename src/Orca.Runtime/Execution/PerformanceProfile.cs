namespace Orca.Execution;

/// <summary>The performance profile: socket completions run on the threads that wait for them, and the thread pool does not spin. It saves about a third of the processor time, and asks of tests that they never block.</summary>
/// <remarks>.NET reads both before the first socket and the first piece of pooled work; children of this process take them from its environment.</remarks>
internal static class PerformanceProfile
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string SpinLimit = "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit";

    /// <summary>Whether socket completions run inline in this process, whoever asked for it.</summary>
    public static bool RunsInline => Environment.GetEnvironmentVariable(InlineCompletions) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Switches the profile on for this process, as far as it is not too late, and for its children.</summary>
    public static void Enable()
    {
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        Environment.SetEnvironmentVariable(SpinLimit, "0");
    }
}
