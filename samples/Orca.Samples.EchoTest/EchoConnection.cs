using System.Net.Sockets;

namespace Orca.Samples.EchoTest;

/// <summary>One user's connection to the echo.</summary>
public sealed class EchoConnection : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    private EchoConnection(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream);
        _writer = new StreamWriter(_stream) { NewLine = "\n" };
    }

    public static async ValueTask<EchoConnection> OpenAsync(string host, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, ct);
            return new EchoConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask<string> AskAsync(string line, CancellationToken ct)
    {
        await _writer.WriteLineAsync(line.AsMemory(), ct);
        await _writer.FlushAsync(ct);
        return await _reader.ReadLineAsync(ct) ?? throw new IOException("The echo has closed the connection.");
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
