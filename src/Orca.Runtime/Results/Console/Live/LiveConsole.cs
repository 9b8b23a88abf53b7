namespace Orca.Results.Console.Live;

/// <summary>The live view of a run: draws what is known a few times a second until the run is over, or the sink is given up.</summary>
internal sealed class LiveConsole(LiveScreen screen, ConsoleTaps taps, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly LiveState _state = new(clock);
    private CancellationTokenSource? _ended;
    private Task _drawing = Task.CompletedTask;

    public LiveState State => _state;

    /// <summary>Whether the view is, or was, on the screen.</summary>
    public bool HasBegun => _ended is not null;

    public void Begin(RunStarted started, CancellationToken ct)
    {
        _state.Begin(started);
        taps.Divert(_state.Add);
        AppDomain.CurrentDomain.ProcessExit += GiveBack;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _drawing = DrawAsync(_ended.Token);
    }

    /// <summary>Gives the terminal back; what others wrote meanwhile follows.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended is not { } ended)
        {
            return;
        }

        await ended.CancelAsync();
        await _drawing;
        AppDomain.CurrentDomain.ProcessExit -= GiveBack;
        ended.Dispose();
    }

    private async Task DrawAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
            {
                if (_state.View() is { } view)
                {
                    screen.Draw(view);
                }
            }
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        finally
        {
            // Also where the sink is given up and never told of the end.
            screen.Close();
            taps.Restore();
        }
    }

    // A process that ends without having ended the run leaves the terminal usable.
    private void GiveBack(object? sender, EventArgs e) => screen.Close();
}
