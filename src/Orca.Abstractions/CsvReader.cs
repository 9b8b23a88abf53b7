using System.Buffers;
using System.Text;

namespace Orca;

/// <summary>Splits comma-separated values (RFC 4180) into records. A line ends with CR LF, LF or CR.</summary>
internal sealed class CsvReader(string file, TextReader reader)
{
    private const int EndOfFile = -1;

    private static readonly SearchValues<char> PlainEnds = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> QuotedEnds = SearchValues.Create("\"\r\n");

    private readonly char[] _buffer = new char[4096];
    private readonly StringBuilder _field = new();
    private int _at;
    private int _end;
    private int _line = 1;

    /// <summary>The line on which the record begins that was read last, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The fields of the next record, or null after the last; empty lines are left out.</summary>
    public string[]? Read()
    {
        while (Peek() is '\r' or '\n')
        {
            SkipLineEnd();
        }

        if (Peek() == EndOfFile)
        {
            return null;
        }

        Line = _line;
        List<string> fields = [];
        while (true)
        {
            fields.Add(Peek() == '"' ? Quoted(fields.Count + 1) : Plain(fields.Count + 1));
            switch (Peek())
            {
                case ',':
                    _at++;
                    continue;
                case EndOfFile:
                    return [.. fields];
                default:
                    SkipLineEnd();
                    return [.. fields];
            }
        }
    }

    private string Plain(int number)
    {
        while (!TakeUpTo(PlainEnds))
        {
        }

        return Peek() == '"'
            ? throw Malformed(_line, $"field {number} has a double quote inside, but does not begin with one. Put the whole field in double quotes and double those inside.")
            : TakeField();
    }

    private string Quoted(int number)
    {
        var begun = _line;
        _at++;
        while (true)
        {
            while (!TakeUpTo(QuotedEnds))
            {
            }

            switch (Peek())
            {
                case EndOfFile:
                    throw Malformed(begun, $"the double quote that begins field {number} is never closed.");
                case '"':
                    _at++;
                    if (Peek() == '"')
                    {
                        _field.Append('"');
                        _at++;
                        break;
                    }

                    return Peek() is ',' or '\r' or '\n' or EndOfFile
                        ? TakeField()
                        : throw Malformed(_line, $"after the closing double quote of field {number} comes '{(char)Peek()}', where a comma or the end of the line must come. A quote inside a field is doubled.");
                default:
                    KeepLineEnd();
                    break;
            }
        }
    }

    /// <summary>Takes characters up to one of some, or to the end of the file; false where there may be more.</summary>
    private bool TakeUpTo(SearchValues<char> ends)
    {
        if (Peek() == EndOfFile)
        {
            return true;
        }

        var rest = _buffer.AsSpan(_at, _end - _at);
        var length = rest.IndexOfAny(ends);
        var taken = length < 0 ? rest : rest[..length];
        _field.Append(taken);
        _at += taken.Length;
        return length >= 0;
    }

    private string TakeField()
    {
        var field = _field.ToString();
        _field.Clear();
        return field;
    }

    private void KeepLineEnd()
    {
        var first = (char)Peek();
        _field.Append(first);
        _at++;
        if (first == '\r' && Peek() == '\n')
        {
            _field.Append('\n');
            _at++;
        }

        _line++;
    }

    private void SkipLineEnd()
    {
        var first = Peek();
        _at++;
        if (first == '\r' && Peek() == '\n')
        {
            _at++;
        }

        _line++;
    }

    private int Peek()
    {
        if (_at == _end)
        {
            (_at, _end) = (0, reader.Read(_buffer));
        }

        return _end == 0 ? EndOfFile : _buffer[_at];
    }

    private DataFileException Malformed(int line, string what) => new(file, line, what);
}
