using Microsoft.Extensions.Logging;

namespace Orca.Isolation;

/// <summary>The log events of loaded test packages.</summary>
internal static partial class IsolationLog
{
    [LoggerMessage(1400, LogLevel.Warning, "Disposing test {Test} threw")]
    public static partial void TestDisposalFailed(ILogger logger, string test, Exception exception);

    [LoggerMessage(1401, LogLevel.Warning, "Disposing the services of test {Test} threw")]
    public static partial void ServicesDisposalFailed(ILogger logger, string test, Exception exception);
}
