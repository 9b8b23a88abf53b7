using System.Text;

namespace Orca.Results.Console.Live;

/// <summary>Stands before a console stream: passes on what is written or, while a live view is on the screen, keeps it from breaking that.</summary>
internal sealed class ConsoleTap(TextWriter inner) : TextWriter
{
    private const int MostKept = 10_000;

    private readonly Lock _lock = new();
    private readonly StringBuilder _line = new();
    private readonly Queue<string> _kept = new();
    private Action<string>? _diverted;

    /// <summary>The stream behind it.</summary>
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Hands each line to somebody else, until restored.</summary>
    public void Divert(Action<string> line)
    {
        lock (_lock)
        {
            _diverted = line;
        }
    }

    /// <summary>Writes what was kept, and passes on again.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            _diverted = null;
            while (_kept.TryDequeue(out var line))
            {
                inner.WriteLine(line);
            }

            inner.Write(_line.ToString());
            _line.Clear();
            inner.Flush();
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            if (_diverted is null)
            {
                inner.Write(buffer);
                return;
            }

            foreach (var character in buffer)
            {
                if (character != '\n')
                {
                    _line.Append(character);
                    continue;
                }

                Keep(_line.ToString().TrimEnd('\r'));
                _line.Clear();
            }
        }
    }

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void WriteLine() => Write(NewLine);

    public override void Flush() => inner.Flush();

    private void Keep(string line)
    {
        _kept.Enqueue(line);
        if (_kept.Count > MostKept)
        {
            _kept.Dequeue();
        }

        if (!string.IsNullOrWhiteSpace(line))
        {
            _diverted!(line);
        }
    }
}
