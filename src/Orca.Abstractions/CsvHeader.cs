namespace Orca;

/// <summary>The names of a file's columns.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> _columns;
    private readonly string[] _names;

    public CsvHeader(string file, int line, string[] names)
    {
        (File, _names) = (file, names);
        _columns = new(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0)
            {
                throw new DataFileException(file, line, $"column {i + 1} has no name in the header.");
            }

            if (!_columns.TryAdd(names[i], i))
            {
                throw new DataFileException(file, line, $"column {i + 1} has the name '{names[i]}', as column {_columns[names[i]] + 1} has.");
            }
        }
    }

    public string File { get; }

    public int Count => _names.Length;

    public int IndexOf(string column, int line) =>
        _columns.TryGetValue(column, out var index) ? index : throw new DataFileException(File, line, $"there is no column '{column}'; the columns are {string.Join(", ", _names)}.");
}
