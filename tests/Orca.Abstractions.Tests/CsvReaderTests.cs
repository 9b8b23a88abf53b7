using System.Text;

namespace Orca.Tests;

/// <summary>The reader against random files: what was written is what is read, and what is malformed is an error with a line.</summary>
public sealed class CsvReaderTests
{
    private const string Alphabet = "ab ,\"\r\n;é";

    [Fact]
    public void Read_OfWhatWasWritten_GivesItBack()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var columns = random.Next(1, 5);
            var records = Enumerable.Range(0, random.Next(0, 8)).Select(_ => Enumerable.Range(0, columns).Select(_ => Text(random)).ToArray()).ToList();
            var lineEnd = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
            var file = string.Concat(records.Select(record => Empty(random, lineEnd) + string.Join(',', record.Select(field => Written(random, field, columns))) + lineEnd));
            if (file.Length > 0 && random.Next(2) == 0)
            {
                file = file[..^lineEnd.Length];
            }

            var reader = new CsvReader("file", new Trickle(file, random));
            var read = new List<string[]>();
            while (reader.Read() is { } record)
            {
                Assert.Equal(LineOf(file, records, read.Count), reader.Line);
                read.Add(record);
            }

            Assert.True(records.Count == read.Count && records.Zip(read).All(pair => pair.First.SequenceEqual(pair.Second)), $"seed {seed}: {file}");
        }

        // Lines are counted in the reader's own terms below; a field's line breaks count as the file's.
        static int LineOf(string file, List<string[]> records, int index)
        {
            var (at, line) = (0, 1);
            for (var record = 0; ; record++)
            {
                while (at < file.Length && file[at] is '\r' or '\n')
                {
                    line += Step(file, ref at);
                }

                if (record == index)
                {
                    return line;
                }

                for (var quoted = false; at < file.Length && (quoted || file[at] is not ('\r' or '\n'));)
                {
                    quoted ^= file[at] == '"';
                    line += Step(file, ref at);
                }
            }
        }

        static int Step(string file, ref int at)
        {
            var c = file[at++];
            if (c == '\r' && at < file.Length && file[at] == '\n')
            {
                at++;
            }

            return c is '\r' or '\n' ? 1 : 0;
        }
    }

    [Fact]
    public void Read_OfAnything_EndsWithRecordsOrAnErrorThatNamesALine()
    {
        var (whole, malformed) = (0, 0);
        for (var seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            var file = new string([.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var lines = file.ReplaceLineEndings("\n").Count(c => c == '\n') + 1;
            var reader = new CsvReader("file", new Trickle(file, random));
            try
            {
                while (reader.Read() is { } fields)
                {
                    Assert.NotEmpty(fields);
                    Assert.InRange(reader.Line, 1, lines);
                }

                whole++;
            }
            catch (DataFileException e)
            {
                Assert.InRange(e.Line ?? 0, 1, lines);
                malformed++;
            }
        }

        Assert.True(whole > 500 && malformed > 500, $"{whole} read, {malformed} refused");
    }

    [Fact]
    public void Read_OfFieldsLargerThanItsBuffer_KeepsThemWhole()
    {
        var large = new StringBuilder().Insert(0, "0123456789,\"\r\n", 3000).ToString();

        var reader = new CsvReader("file", new StringReader($"a,\"{large.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{new string('x', 20_000)}\nb,c,d"));

        Assert.Equal(["a", large, new string('x', 20_000)], reader.Read()!);
        Assert.Equal(["b", "c", "d"], reader.Read()!);
        Assert.Equal(3002, reader.Line);
        Assert.Null(reader.Read());
    }

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

    private static string Empty(Random random, string lineEnd) => random.Next(5) == 0 ? lineEnd : "";

    // One empty field on a line of its own is an empty line, unless it is quoted.
    private static string Written(Random random, string field, int columns) =>
        field.AsSpan().ContainsAny(",\"\r\n") || (field.Length == 0 && columns == 1) || random.Next(3) == 0
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;

    /// <summary>A text that comes in pieces of any size.</summary>
    private sealed class Trickle(string text, Random random) : TextReader
    {
        private int _at;

        public override int Read(Span<char> buffer)
        {
            var count = Math.Min(Math.Min(random.Next(1, 6), buffer.Length), text.Length - _at);
            text.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
