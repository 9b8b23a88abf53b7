using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Orca.Samples.Target;

/// <summary>The TCP echo: every line comes back as it was sent.</summary>
internal sealed class EchoConnectionHandler(TargetLog log, FreezeGate gate) : ConnectionHandler
{
    private const int LongestLine = 64 * 1024;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        log.EchoConnected();
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(connection.ConnectionClosed);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, rest.GetPosition(1, end));
                    rest = rest.Slice(line.End);

                    // Counted first: who has its answer finds it in the log.
                    log.EchoReceived();
                    await gate.PassAsync(connection.ConnectionClosed);
                    foreach (var part in line)
                    {
                        output.Write(part.Span);
                    }
                }

                var flushed = await output.FlushAsync(connection.ConnectionClosed);
                if (read.IsCompleted || flushed.IsCompleted || rest.Length > LongestLine)
                {
                    return;
                }

                input.AdvanceTo(rest.Start, rest.End);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException)
        {
            // The client has gone.
        }
    }
}
