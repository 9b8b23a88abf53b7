using System.Text;
using System.Text.Json.Serialization;

namespace Orca.Tests;

/// <summary>Reads files from beside this test's own assembly, each of its own name.</summary>
public sealed partial class DataFileTests : IDisposable
{
    private readonly string _name = $"data-{Guid.NewGuid():n}.txt";

    private string FullPath => Path.Combine(Path.GetDirectoryName(typeof(DataFileTests).Assembly.Location)!, _name);

    private DataFile Data => DataFile.Beside<DataFileTests>(_name);

    public void Dispose() => File.Delete(FullPath);

    [Fact]
    public void ReadCsv_WithQuotesCommasAndLineBreaks_TakesFieldsAsTheyAre()
    {
        Write("user,\"the \"\"note\"\"\",age\r\nann, plain ,7\r\n\r\n\"bo,b\",\"two\r\nlines\",-1\n\"\",\"she said \"\"no\"\"\",2");

        var rows = Data.ReadCsv(row => (row["user"], row["the \"note\""], row.Parse<int>("age"), row.Line));

        Assert.Equal([("ann", " plain ", 7, 2), ("bo,b", "two\r\nlines", -1, 4), ("", "she said \"no\"", 2, 6)], rows);
    }

    [Fact]
    public void ReadCsv_WithAByteOrderMark_LeavesItOut()
    {
        File.WriteAllText(FullPath, "user\nann\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(["ann"], Data.ReadCsv(row => row["user"]));
    }

    [Theory]
    [InlineData("", null, "the file is empty; its first line must name the columns")]
    [InlineData("a,,c\n", 1, "column 2 has no name")]
    [InlineData("a,b,a\n", 1, "column 3 has the name 'a', as column 1 has")]
    [InlineData("a,b\n1,2\n\n1,2,3\n", 4, "the row has 3 fields, and the header 2 fields")]
    [InlineData("a,b\n1\n", 2, "the row has 1 field, and the header 2 fields")]
    [InlineData("a,b\n\"1\n2\",3\n4,\"5\n6\n", 4, "the double quote that begins field 2 is never closed")]
    [InlineData("a,b\n1,2\"3\n", 2, "field 2 has a double quote inside")]
    [InlineData("a,b\n\"1\" ,2\n", 2, "after the closing double quote of field 1 comes ' '")]
    [InlineData("a,c\n1,2\n", 2, "there is no column 'b'; the columns are a, c")]
    [InlineData("a,b\n1,x\n", 2, "'x' in column 'b' is no Int32")]
    [InlineData("a,b\n9,1\n", 2, "the row cannot be taken: nine")]
    public void ReadCsv_OfAMalformedFile_NamesFileAndLine(string text, int? line, string what)
    {
        Write(text);

        var error = Assert.Throws<DataFileException>(() => Data.ReadCsv(row =>
            row["a"] == "9" ? throw new InvalidOperationException("nine") : row.Parse<int>("b")));

        Assert.Equal((_name, line), (error.File, error.Line));
        Assert.StartsWith(line is null ? $"{_name}: {what}" : $"{_name}, line {line}: {what}", error.Message);
    }

    [Fact]
    public void ReadCsv_OfBytesThatAreNoText_SaysSo()
    {
        File.WriteAllBytes(FullPath, [(byte)'a', (byte)'\n', 0xFF, 0xC3, 0x28]);

        Assert.Contains("not UTF-8", Assert.Throws<DataFileException>(() => Data.ReadCsv(row => row["a"])).Message);
    }

    [Fact]
    public void ReadJsonLines_SkipsEmptyLines()
    {
        Write("{\"user\":\"ann\",\"age\":7}\n\n  \r\n{\"user\":\"bob\",\"age\":8}");

        Assert.Equal([new Person("ann", 7), new Person("bob", 8)], Data.ReadJsonLines(PersonJson.Default.Person));
    }

    [Theory]
    [InlineData("{\"user\":\"ann\",\"age\":7}\n\n{\"user\":", "line 3: no Person as JSON, at byte")]
    [InlineData("{\"user\":\"ann\",\"age\":\"x\"}", "line 1: no Person as JSON, at byte")]
    [InlineData("\nnull\n", "line 2: it holds null, and no Person")]
    public void ReadJsonLines_OfAMalformedFile_NamesFileAndLine(string text, string what)
    {
        Write(text);

        var error = Assert.Throws<DataFileException>(() => Data.ReadJsonLines(PersonJson.Default.Person));

        Assert.StartsWith($"{_name}, {what}", error.Message);
        Assert.DoesNotContain("LineNumber", error.Message);
    }

    [Fact]
    public void Read_OfAMissingFile_TellsHowAPackageCarriesOne()
    {
        var error = Assert.Throws<DataFileException>(() => DataFile.Beside<DataFileTests>("data/none.csv").ReadCsv(row => row["a"]));

        Assert.StartsWith("data/none.csv: there is no such file beside Orca.Abstractions.Tests.dll", error.Message);
        Assert.Contains("CopyToOutputDirectory", error.Message);
        Assert.Null(error.Line);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../users.csv")]
    [InlineData("data/../../users.csv")]
    [InlineData("..\\users.csv")]
    public void Beside_OfAPathThatLeadsOut_IsRefused(string path) =>
        Assert.Contains("leads out of the test package", Assert.Throws<ArgumentException>(() => DataFile.Beside<DataFileTests>(path)).Message);

    private void Write(string text) => File.WriteAllText(FullPath, text);

    private sealed record Person(
        [property: JsonPropertyName("user")] string User,
        [property: JsonPropertyName("age")] int Age);

    [JsonSerializable(typeof(Person))]
    private sealed partial class PersonJson : JsonSerializerContext;
}
