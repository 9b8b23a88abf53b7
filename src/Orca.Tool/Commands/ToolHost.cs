using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Orca.Tool.Commands;

/// <summary>The host that a command runs in: configured by the environment, logging to standard error.</summary>
internal static class ToolHost
{
    public static LogLevel LevelOf(bool verbose) => verbose ? LogLevel.Information : LogLevel.Warning;

    public static HostApplicationBuilder Create(LogLevel least)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = Environment.CurrentDirectory });
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "))
            .AddFilter("Microsoft", LogLevel.Warning)
            .SetMinimumLevel(least)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }
}
