using System.Diagnostics;
using System.IO.Pipes;
using System.Threading.Channels;

namespace Orca.Runs.Workers.Child;

/// <summary>A started child: frames to it and from it, its console output, and how it ended.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    // A process started meanwhile would inherit the child's ends of the pipes, and keep them open.
    private static readonly Lock OneAtATime = new();
    private static readonly TimeSpan OutputAfterExit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly AnonymousPipeServerStream _toChild;
    private readonly AnonymousPipeServerStream _fromChild;
    private readonly TestOutput _output;
    private readonly TimeProvider _clock;
    private readonly Channel<ReadOnlyMemory<byte>> _outbox = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _writing;
    private readonly Task _reading;
    private string? _killedBecause;

    private ChildProcess(Process process, AnonymousPipeServerStream toChild, AnonymousPipeServerStream fromChild, TestOutput output, TimeProvider clock, Action<Frame> received)
    {
        (_process, _toChild, _fromChild, _output, _clock) = (process, toChild, fromChild, output, clock);
        _writing = WriteAsync();
        _reading = ReadAsync(received);
        Ended = WaitAsync();
    }

    public int Id => _process.Id;

    /// <summary>Ends when the process has; with what it came to.</summary>
    public Task<ChildExit> Ended { get; }

    /// <summary>Starts a child; <paramref name="received"/> is called for each of its frames, one at a time.</summary>
    public static Outcome<ChildProcess> Start(ChildHost host, ChildEnvironment environment, long? memoryLimit, TestOutput output, TimeProvider clock, Action<Frame> received)
    {
        var toChild = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        var fromChild = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        try
        {
            lock (OneAtATime)
            {
                var process = Process.Start(host.Command(toChild.GetClientHandleAsString(), fromChild.GetClientHandleAsString(), environment, memoryLimit))!;
                toChild.DisposeLocalCopyOfClientHandle();
                fromChild.DisposeLocalCopyOfClientHandle();
                process.StandardInput.Close();
                return new ChildProcess(process, toChild, fromChild, output, clock, received);
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            toChild.Dispose();
            fromChild.Dispose();
            return new Problem($"Starting a process for the test with {host.Dotnet} failed: {e.Message}");
        }
    }

    /// <summary>Sends a frame, without waiting; to a child that has ended it goes nowhere.</summary>
    public void Send(ReadOnlyMemory<byte> frame) => _outbox.Writer.TryWrite(frame);

    /// <summary>Ends the process and all that it has started.</summary>
    public void Kill(string because)
    {
        Interlocked.CompareExchange(ref _killedBecause, because, null);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill("the run is over");
        await Ended;
        _outbox.Writer.TryComplete();
        await _ending.CancelAsync();
        await _writing;
        await _reading;
        await _toChild.DisposeAsync();
        await _fromChild.DisposeAsync();
        _process.Dispose();
        _ending.Dispose();
    }

    private async Task<ChildExit> WaitAsync()
    {
        var output = Task.WhenAll(
            _output.ReadAsync(_process.StandardOutput.BaseStream, isError: false, _ending.Token),
            _output.ReadAsync(_process.StandardError.BaseStream, isError: true, _ending.Token));
        await _process.WaitForExitAsync();

        // However it ended, what it had started is not to outlive it.
        ProcessGroup.Kill(_process.Id);

        // On Windows that may keep its output open for ever, and its frames too.
        await Task.WhenAny(Task.WhenAll(output, _reading), Task.Delay(OutputAfterExit, _clock));
        return new(_process.ExitCode, _output.LastWords(), Volatile.Read(ref _killedBecause));
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var frame in _outbox.Reader.ReadAllAsync(_ending.Token))
            {
                await _toChild.WriteAsync(frame, _ending.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The child has ended; its exit tells how.
        }
    }

    private async Task ReadAsync(Action<Frame> received)
    {
        try
        {
            while (await FrameCodec.ReadAsync(_fromChild, _ending.Token) is { } frame)
            {
                received(frame);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The child has ended; its exit tells how.
        }
        catch (Exception e) when (e is InvalidDataException or System.Text.Json.JsonException or FormatException or NotSupportedException or ArgumentException)
        {
            Kill($"it sent what is no message ({e.Message})");
        }
    }
}
