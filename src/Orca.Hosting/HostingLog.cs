using Microsoft.Extensions.Logging;

namespace Orca.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1800, LogLevel.Critical, "Orca itself failed")]
    public static partial void Broken(ILogger logger, Exception exception);
}
