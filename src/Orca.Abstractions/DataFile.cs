using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orca;

/// <summary>A file of test data that the package carries beside the test's assembly, as UTF-8 text.</summary>
/// <remarks>
/// Give the file <c>CopyToOutputDirectory="PreserveNewest"</c> in the project: it then lies beside the assembly in the
/// build's output and in the package alike. Read it when the test is constructed or set up, not in its iterations.
/// </remarks>
public sealed class DataFile
{
    // Bytes that are no text are an error, not question marks sent to the target.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Assembly _assembly;

    private DataFile(Assembly assembly, string name, string path) => (_assembly, Name, Path) = (assembly, name, path);

    /// <summary>Gets the file's name as the test gave it.</summary>
    public string Name { get; }

    /// <summary>Gets the file's full path on this machine.</summary>
    public string Path { get; }

    /// <summary>A file beside the assembly of a type.</summary>
    /// <typeparam name="TTest">The test, or any other type of its assembly.</typeparam>
    /// <param name="path">The file's path, relative to the assembly's folder and inside it, with <c>/</c> between folders.</param>
    public static DataFile Beside<TTest>(string path) => Beside(typeof(TTest).Assembly, path);

    /// <summary>A file beside an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="path">The file's path, relative to the assembly's folder and inside it, with <c>/</c> between folders.</param>
    public static DataFile Beside(Assembly assembly, string path)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (System.IO.Path.IsPathRooted(path) || path.Split('/', '\\').Contains(".."))
        {
            throw new ArgumentException($"'{path}' leads out of the test package; name a file relative to the test's assembly, such as data/users.csv.", nameof(path));
        }

        // An assembly inside a single-file program has no place of its own.
        var folder = assembly.Location is { Length: > 0 } location ? System.IO.Path.GetDirectoryName(location)! : AppContext.BaseDirectory;
        return new(assembly, path, System.IO.Path.GetFullPath(path, folder));
    }

    /// <summary>Reads comma-separated values (RFC 4180): a header line that names the columns, then a row for each record.</summary>
    /// <remarks>
    /// A field in double quotes may hold commas, line breaks and, doubled, quotes. Blanks belong to a field. Empty lines are
    /// left out. A record must have as many fields as the header.
    /// </remarks>
    /// <param name="map">Makes a row's value, such as <c>row => new Login(row["user"], row["password"])</c>.</param>
    /// <exception cref="DataFileException">The file is missing or malformed, or <paramref name="map"/> threw.</exception>
    public IReadOnlyList<T> ReadCsv<T>(Func<CsvRow, T> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Read(reader => Csv(Name, reader, map));
    }

    /// <summary>Reads JSON lines: a JSON value on each line; empty lines are left out.</summary>
    /// <param name="type">How a value is read; from a source-generated <c>JsonSerializerContext</c>, since what reflection caches would outlive the test on its drone.</param>
    /// <exception cref="DataFileException">The file is missing or malformed.</exception>
    public IReadOnlyList<T> ReadJsonLines<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Read(reader => JsonLines(Name, reader, type));
    }

    internal static List<T> Csv<T>(string name, TextReader reader, Func<CsvRow, T> map)
    {
        var csv = new CsvReader(name, reader);
        var names = csv.Read() ?? throw new DataFileException(name, null, "the file is empty; its first line must name the columns.");
        var header = new CsvHeader(name, csv.Line, names);
        List<T> rows = [];
        while (csv.Read() is { } fields)
        {
            var row = new CsvRow(header, csv.Line, fields);
            try
            {
                rows.Add(map(row));
            }
            catch (Exception e) when (e is not DataFileException)
            {
                throw new DataFileException(name, row.Line, $"the row cannot be taken: {e.Message}", e);
            }
        }

        return rows;
    }

    internal static List<T> JsonLines<T>(string name, TextReader reader, JsonTypeInfo<T> type)
    {
        List<T> rows = [];
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            try
            {
                rows.Add(JsonSerializer.Deserialize(text, type) ?? throw new DataFileException(name, line, $"it holds null, and no {typeof(T).Name}."));
            }
            catch (JsonException e)
            {
                // The rest of the message counts lines of its own.
                var what = e.Message.Split(" Path: ", 2)[0];
                throw new DataFileException(name, line, e.BytePositionInLine is { } at ? $"no {typeof(T).Name} as JSON, at byte {at + 1}: {what}" : what, e);
            }
        }

        return rows;
    }

    private List<T> Read<T>(Func<TextReader, List<T>> read)
    {
        try
        {
            using var reader = new StreamReader(Path, Utf8, detectEncodingFromByteOrderMarks: true);
            return read(reader);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(
                Name, null, $"there is no such file beside {_assembly.GetName().Name}.dll ({Path}). Give it CopyToOutputDirectory=\"PreserveNewest\" in the test's project, and mind capital letters.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFileException(Name, null, "it is not UTF-8 text; save it as UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(Name, null, $"it cannot be read: {e.Message}", e);
        }
    }
}
