using System.Globalization;

namespace Orca.Samples.Target;

/// <summary>Where the target listens; on the loopback interface only.</summary>
public sealed record TargetOptions
{
    /// <summary>Gets how the options are written on a command line.</summary>
    public const string Usage = """
        Usage: Orca.Samples.Target [--urls http://127.0.0.1:0] [--echo-port 0]
          --urls       where HTTP is served: a loopback address; port 0 takes a free one
          --echo-port  the port of the TCP echo; 0 takes a free one
        """;

    /// <summary>Gets where HTTP is served. Default: a free port of 127.0.0.1.</summary>
    public Uri Http { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Gets the port of the TCP echo. Default: 0, a free one.</summary>
    public int EchoPort { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="args">Pairs of an option and its value.</param>
    /// <param name="options">The options read, up to the first fault.</param>
    /// <returns>What is wrong with the command line, or <see langword="null"/>.</returns>
    public static string? Parse(ReadOnlySpan<string> args, out TargetOptions options)
    {
        options = new TargetOptions();
        for (; args.Length > 0; args = args[2..])
        {
            switch (args)
            {
                case ["--urls", var text, ..]:
                    if (!Uri.TryCreate(text, UriKind.Absolute, out var http) || http is not { Scheme: "http", IsLoopback: true })
                    {
                        return $"--urls {text}: not an http address of this machine's loopback interface, such as http://127.0.0.1:5000.";
                    }

                    options = options with { Http = http };
                    break;
                case ["--echo-port", var text, ..]:
                    if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                    {
                        return $"--echo-port {text}: not a port, 0 to 65535.";
                    }

                    options = options with { EchoPort = port };
                    break;
                default:
                    return $"{args[0]}: not an option with a value.";
            }
        }

        return null;
    }
}
