namespace Orca.Samples.CustomSink;

/// <summary>Where the sink sends to. Bound from the configuration section <c>Statsd</c>.</summary>
internal sealed class StatsdOptions
{
    /// <summary>Gets or sets the host's name or address. Default: <c>127.0.0.1</c>.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Gets or sets the UDP port. Default: 8125.</summary>
    public int Port { get; set; } = 8125;

    /// <summary>Gets or sets what every metric's name begins with. Default: <c>orca</c>.</summary>
    public string Prefix { get; set; } = "orca";
}
