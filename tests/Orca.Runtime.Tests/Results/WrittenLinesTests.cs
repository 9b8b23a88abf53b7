using Orca.Results.Console.Live;

namespace Orca.Tests.Results;

public class WrittenLinesTests
{
    [Fact]
    public void Read_EntryOfTheUsualFormatter_IsItsMessageWithoutColoursAndStackTrace()
    {
        Assert.Equal(
            [(true, "Drone d2 is lost,"), (true, "unseen for 4.5 s"), (true, "System.InvalidOperationException: no")],
            NotesOf(
                "\u001b[40m\u001b[1m\u001b[33mwarn\u001b[39m\u001b[22m\u001b[49m: Orca.Runs.LeaderRun[1004]",
                "      Drone d2 is lost,",
                "      unseen for 4.5 s",
                "      System.InvalidOperationException: no",
                "         at Orca.Runs.LeaderRun.RunAsync() in LeaderRun.cs:line 9",
                "      --- End of stack trace from previous location ---"));
    }

    [Fact]
    public void Read_EntryOfOneLine_IsItsMessage()
    {
        Assert.Equal(
            [(false, "Run r is Running"), (true, "Sink 'x' failed")],
            NotesOf("09:18:26 info: Orca.Runs.LeaderRun[1000] Run r is Running", "09:18:27 \u001b[31mfail\u001b[39m: Orca.Results[1700] Sink 'x' failed"));
    }

    [Fact]
    public void Read_WhatATestWrites_StaysAsItIs()
    {
        Assert.Equal([(false, "warn: mind the gap"), (false, "      indented")], NotesOf("warn: mind the gap", "      indented", "  ", "\u001b]0;a title\u0007"));
    }

    private static List<(bool Grave, string Text)> NotesOf(params string[] lines)
    {
        var written = new WrittenLines();
        return [.. lines.Select(written.Read).OfType<LiveNote>().Select(note => (note.Grave, note.Text))];
    }
}
