using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class NameTableTests
{
    private readonly NameTable _table = new();

    [Fact]
    public void NumberOf_EqualNames_IsTheSame()
    {
        var first = _table.NumberOf("name");

        Assert.Equal(first, _table.NumberOf(new string("name".ToCharArray())));
        Assert.NotEqual(first, _table.NumberOf("other name"));
        Assert.Equal("name", _table.NameOf(first));
    }

    [Fact]
    public void NumberOf_LongName_IsCutAndFoundAgainWhenFull()
    {
        var name = new string('n', 5_000);
        var number = _table.NumberOf(name);
        for (var i = 0; i < NameTable.Cap; i++)
        {
            _table.NumberOf("name " + i);
        }

        Assert.Equal(number, _table.NumberOf(name));
        Assert.Equal(NameTable.MostCharacters, _table.NameOf(number).Length);
        Assert.Equal((NameTable.Other, NameTable.OtherName), (_table.NumberOf("new"), _table.NameOf(NameTable.Other)));
    }

    [Fact]
    public void NumberOf_BrokenUnicode_IsWhole()
    {
        var number = _table.NumberOf("broken \ud800");

        Assert.Equal("broken \ufffd", _table.NameOf(number));
        Assert.Equal(number, _table.NumberOf("broken \ud800"));
    }

    [Fact]
    public async Task NumberOf_ManyThreads_GivesEachNameOneNumber()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 500).Select(i => _table.NumberOf("name " + i)).ToArray(),
            TestContext.Current.CancellationToken)));

        Assert.All(numbers, n => Assert.Equal(numbers[0], n));
        Assert.Equal(500, numbers[0].Distinct().Count());
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal("name " + i, _table.NameOf(numbers[0][i])));
    }
}
