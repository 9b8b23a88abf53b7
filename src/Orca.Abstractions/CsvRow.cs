using System.Globalization;

namespace Orca;

/// <summary>One record of a file of comma-separated values.</summary>
public sealed class CsvRow
{
    private readonly CsvHeader _header;
    private readonly string[] _fields;

    internal CsvRow(CsvHeader header, int line, string[] fields)
    {
        (_header, Line, _fields) = (header, line, fields);
        if (fields.Length != header.Count)
        {
            throw new DataFileException(header.File, line, $"the row has {Count(fields.Length)}, and the header {Count(header.Count)}. A field that holds commas stands in double quotes.");
        }

        static string Count(int fields) => fields == 1 ? "1 field" : $"{fields} fields";
    }

    /// <summary>Gets the line on which the record begins, from 1.</summary>
    public int Line { get; }

    /// <summary>Gets the field of a column, as it is in the file, without its quotes.</summary>
    /// <param name="column">The column's name in the header; capital letters count.</param>
    /// <exception cref="DataFileException">There is no such column.</exception>
    public string this[string column] => _fields[_header.IndexOf(column, Line)];

    /// <summary>Reads the field of a column as a value, in the invariant culture: <c>row.Parse&lt;decimal&gt;("price")</c>.</summary>
    /// <typeparam name="T">A number, a date, a <see cref="Guid"/> or anything else that can be parsed.</typeparam>
    /// <param name="column">The column's name in the header; capital letters count.</param>
    /// <exception cref="DataFileException">There is no such column, or its field is no such value.</exception>
    public T Parse<T>(string column)
        where T : IParsable<T>
    {
        var text = this[column];
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new DataFileException(_header.File, Line, $"'{text}' in column '{column}' is no {typeof(T).Name}.");
    }
}
