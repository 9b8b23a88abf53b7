using System.Text.Json;

namespace Orca.Results;

/// <summary>The wire form of events in the swarm's list: JSON, versioned.</summary>
internal static class EventCodec
{
    public const int Version = 1;

    /// <summary>Bytes of the longest event that is decoded.</summary>
    public const int MostBytes = 1 << 20;

    // More than any run lasts, and far from where arithmetic on times ends.
    private const long MostTicks = 1L << 58;

    public static byte[] Encode(RunEvent happened, long fencing) => JsonSerializer.SerializeToUtf8Bytes(
        new()
        {
            V = Version,
            Fencing = fencing,
            Kind = happened.Kind,
            Time = happened.Time,
            Text = happened.Text,
            RunTime = happened.RunTime?.Ticks,
            Drone = happened.Drone,
        },
        EventJsonContext.Default.EventRecord);

    /// <summary>Decodes what <see cref="Encode"/> made; a problem for anything else.</summary>
    public static Outcome<StoredEvent> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            return Bad(bytes, $"at most {MostBytes} are read");
        }

        try
        {
            var record = JsonSerializer.Deserialize(bytes, EventJsonContext.Default.EventRecord);
            if (record is { V: not Version })
            {
                return new Problem($"Decoding an event failed: it has version {record.V}, this Orca reads version {Version}.")
                {
                    Advice = "Take a run over with the version of Orca that began it.",
                };
            }

            return record is { Fencing: >= 0, Kind: { } kind, Time: { } time, Text: { } text, RunTime: null or (> -MostTicks and < MostTicks) }
                ? new StoredEvent(record.Fencing, new(kind, time, text)
                {
                    RunTime = record.RunTime is { } ticks ? new(ticks) : null,
                    Drone = record.Drone,
                })
                : Bad(bytes, "something in it is missing or out of range");
        }
        catch (JsonException error)
        {
            return Bad(bytes, error.Message);
        }
    }

    private static Problem Bad(ReadOnlySpan<byte> bytes, string why) => new($"Decoding an event of {bytes.Length} bytes failed: {why}.");
}
