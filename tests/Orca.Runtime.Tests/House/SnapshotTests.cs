using Orca.TestKit;

namespace Orca.Tests.House;

public sealed class SnapshotTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Difference_OfAnAcceptedText_IsNone()
    {
        Assert.Null(Snapshot.Difference("a\n", _folder.Path, "T.M", accept: true));

        Assert.Null(Snapshot.Difference("a\n", _folder.Path, "T.M", accept: false));
        Assert.Equal([_folder.At("T.M.verified.txt")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Difference_OfAnotherText_NamesTheLinesAndKeepsWhatWasAccepted()
    {
        _folder.Write("T.M.verified.txt", "a\nb\nc\n");

        var difference = Snapshot.Difference("a\nx\nc\n", _folder.Path, "T.M", accept: false);

        Assert.EndsWith("+ x\n- b\n", difference);
        Assert.Equal("a\nb\nc\n", File.ReadAllText(_folder.At("T.M.verified.txt")));
        Assert.Equal("a\nx\nc\n", File.ReadAllText(_folder.At("T.M.received.txt")));
    }

    [Fact]
    public void Difference_OfATextThatFitsAgain_RemovesWhatWasReceived()
    {
        _folder.Write("T.M.verified.txt", "a\n");
        Snapshot.Difference("b\n", _folder.Path, "T.M", accept: false);

        Assert.Null(Snapshot.Difference("a\n", _folder.Path, "T.M", accept: false));
        Assert.False(File.Exists(_folder.At("T.M.received.txt")));
    }

    [Fact]
    public void Match_OfAValueWithGuidsAndTimes_NumbersAndHidesThem()
    {
        var id = Guid.NewGuid();

        Snapshot.Match(new { First = id, Again = id, Other = Guid.NewGuid(), At = DateTimeOffset.UtcNow });
    }
}
