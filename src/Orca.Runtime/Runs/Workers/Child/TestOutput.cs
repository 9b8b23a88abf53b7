using System.Text;
using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers.Child;

/// <summary>A test's console output: shown line by line in the drone's log up to a bound, counted past it, its last words kept.</summary>
internal sealed class TestOutput(string run, ILogger logger)
{
    private const int MostLines = 500;
    private const int LongestLine = 500;
    private const int LastLines = 8;

    // What the runtime says before it ends a process: the reason comes first, and a long trace after it.
    private static readonly string[] Openings = ["Unhandled exception", "Stack overflow", "Process terminated", "Fatal error", "Out of memory"];

    private readonly Lock _lock = new();
    private readonly List<string> _crash = [];
    private readonly Queue<string> _last = new();
    private int _shown;

    /// <summary>How many lines came past the bound.</summary>
    public long Dropped { get; private set; }

    /// <summary>Reads a stream to its end, however much comes.</summary>
    public async Task ReadAsync(Stream stream, bool isError, CancellationToken ct)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[16 * 1024];
        var chars = new char[bytes.Length];
        var line = new StringBuilder();
        try
        {
            while (await stream.ReadAsync(bytes, ct) is > 0 and var count)
            {
                Take(chars.AsSpan(0, decoder.GetChars(bytes, 0, count, chars, 0)), line, isError);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The child has ended.
        }

        if (line.Length > 0)
        {
            Line(line.ToString(), isError);
        }
    }

    /// <summary>What the runtime said of a crash, or else the last lines of standard error.</summary>
    public IReadOnlyList<string> LastWords()
    {
        lock (_lock)
        {
            return _crash.Count > 0 ? [.. _crash] : [.. _last];
        }
    }

    private void Take(ReadOnlySpan<char> text, StringBuilder line, bool isError)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf('\n');
            var part = end < 0 ? text : text[..end];
            line.Append(part[..Math.Min(part.Length, LongestLine - line.Length)]);
            if (end < 0)
            {
                return;
            }

            Line(line.ToString().TrimEnd('\r'), isError);
            line.Clear();
            text = text[(end + 1)..];
        }
    }

    private void Line(string text, bool isError)
    {
        lock (_lock)
        {
            if (isError && text.Length > 0)
            {
                Remember(text);
            }

            if (_shown == MostLines)
            {
                Dropped++;
                return;
            }

            _shown++;
        }

        WorkerLog.TestWrote(logger, run, text);
        if (_shown == MostLines)
        {
            WorkerLog.OutputDropped(logger, run, MostLines);
        }
    }

    private void Remember(string text)
    {
        if (_crash.Count == 0 && !Openings.Any(opening => text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)))
        {
            _last.Enqueue(text);
            while (_last.Count > LastLines)
            {
                _last.Dequeue();
            }
        }
        else if (_crash.Count < LastLines)
        {
            _crash.Add(text.Trim());
        }
    }
}
