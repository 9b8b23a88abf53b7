using System.Text;
using Orca.Results.Elasticsearch.Documents;
using Orca.Results.Elasticsearch.Spool;
using Orca.TestKit;

namespace Orca.Tests.Results.Elasticsearch;

public sealed class SpoolTests
{
    private const long NoLimit = long.MaxValue;

    [Fact]
    public void TakeUp_CutOffAtEveryByte_GivesEveryWholeDocumentAndNoOther()
    {
        using var folder = new TempFolder();
        var path = WriteSegment(folder, count: 6);
        var whole = File.ReadAllBytes(path);
        var ends = EndsOf(6);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using var spool = SpoolFolder.TakeUp(Path.GetDirectoryName(path)!, new KeepingDisk())!;
            Assert.Equal(ends.Count(end => end <= length), ReadAll(spool).Count);
        }
    }

    [Fact]
    public void TakeUp_AnyByteDamaged_LosesThatDocumentOnlyAndSaysSo()
    {
        using var folder = new TempFolder();
        var path = WriteSegment(folder, count: 4);
        var whole = File.ReadAllBytes(path);
        var ends = EndsOf(4);
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x41;
            File.WriteAllBytes(path, damaged);
            using var spool = SpoolFolder.TakeUp(Path.GetDirectoryName(path)!, new KeepingDisk())!;
            var lost = ends.FindIndex(end => at < end);
            Assert.Equal(Enumerable.Range(0, 4).Where(number => number != lost).Select(number => $"id-{number}"), ReadAll(spool).Select(item => item.Entry.Id));
        }
    }

    [Fact]
    public void Append_WhileItIsRead_GivesAllInOrderAndDeletesWhatIsDone()
    {
        using var folder = new TempFolder();
        using var spool = SpoolFolder.Make(folder.Path, "run", NoLimit, new());
        List<string> read = [];
        for (var i = 0; i < 3000; i++)
        {
            Assert.Equal(SpoolPlace.Disk, spool.Append(Entry(i, bytes: 3000), SpoolRank.Ordinary));
            if (i % 7 == 0)
            {
                foreach (var item in spool.Take(5, int.MaxValue))
                {
                    read.Add(item.Entry.Id);
                    spool.Release(item);
                }
            }
        }

        spool.Seal();
        foreach (var item in ReadAll(spool))
        {
            read.Add(item.Entry.Id);
            spool.Release(item);
        }

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"id-{i}"), read);
        Assert.True(spool.IsEmpty);
        Assert.Empty(Directory.GetFiles(spool.Path, "*.seg"));
    }

    [Fact]
    public void Take_DocumentsOfSeveralIndices_GivesOneIndexAtATimeWithinTheLimits()
    {
        using var folder = new TempFolder();
        using var spool = SpoolFolder.Make(folder.Path, "run", NoLimit, new());
        foreach (var index in new[] { "a", "a", "a", "b", "a" })
        {
            spool.Append(new StoreEntry(index, "id", "{}\n{}\n"u8.ToArray()), SpoolRank.Ordinary);
        }

        Assert.Equal(["a a", "a", "b", "a"], Enumerable.Range(0, 4).Select(_ => string.Join(' ', spool.Take(2, 1000).Select(item => item.Entry.Index))));
        Assert.Empty(spool.Take(2, 1000));
        Assert.False(spool.IsEmpty);
    }

    [Fact]
    public void TakeUp_FolderInUse_IsLeftAlone()
    {
        using var folder = new TempFolder();
        using (var spool = SpoolFolder.Make(folder.Path, "run", NoLimit, new()))
        {
            spool.Append(Entry(0), SpoolRank.Ordinary);
            Assert.Null(SpoolFolder.TakeUp(spool.Path, new()));
        }

        using var takenUp = SpoolFolder.TakeUp(folder.At("run"), new());
        Assert.Equal("id-0", Assert.Single(ReadAll(takenUp!)).Entry.Id);
    }

    [Fact]
    public void Make_RunThatLeftAFolder_GetsAnotherOne()
    {
        using var folder = new TempFolder();
        using (var first = SpoolFolder.Make(folder.Path, "run", NoLimit, new()))
        {
            first.Append(Entry(0), SpoolRank.Ordinary);
        }

        using var second = SpoolFolder.Make(folder.Path, "run", NoLimit, new());
        Assert.Equal(folder.At("run-2"), second.Path);
    }

    private static string WriteSegment(TempFolder folder, int count)
    {
        using var spool = SpoolFolder.Make(folder.Path, "run", NoLimit, new());
        for (var i = 0; i < count; i++)
        {
            spool.Append(Entry(i), SpoolRank.Ordinary);
        }

        return Assert.Single(Directory.GetFiles(spool.Path, "*.seg"));
    }

    private static List<int> EndsOf(int count)
    {
        List<int> ends = [];
        for (var i = 0; i < count; i++)
        {
            ends.Add((ends.Count > 0 ? ends[^1] : 0) + SpoolFormat.Encode(Entry(i)).Length);
        }

        return ends;
    }

    private static List<SpoolItem> ReadAll(SpoolFolder spool)
    {
        List<SpoolItem> all = [];
        while (spool.Take(100, int.MaxValue) is { Count: > 0 } some)
        {
            all.AddRange(some);
        }

        return all;
    }

    private static StoreEntry Entry(int number, int bytes = 20) =>
        new("orca-intervals-default", $"id-{number}", Encoding.UTF8.GetBytes($"{{\"create\":{{}}}}\n{new string('x', bytes)}\n"));

    /// <summary>A disk that keeps what is done with, so that the same file can be read again.</summary>
    private sealed class KeepingDisk : SpoolDisk
    {
        public override void Delete(string path)
        {
        }
    }
}
