using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class SlotSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(40)]
    public void ForRank_AllRanks_PartitionTheSlots(int drones)
    {
        var sets = Enumerable.Range(0, drones).Select(rank => SlotSet.ForRank(rank, drones)).ToList();

        Assert.All(sets, set => Assert.Equal((64, 64 * drones), (set.Count, set.Total)));
        foreach (var number in Enumerable.Range(0, 64 * drones * 2).Select(i => (long)i).Append(long.MaxValue))
        {
            Assert.Equal(number % (64 * drones) % drones, sets.FindIndex(set => set.Owns(number)));
            Assert.Equal(1, sets.Count(set => set.Owns(number)));
        }
    }

    [Fact]
    public void ToString_Share_IsOneProgression()
    {
        Assert.Equal("192:0+3*64", SlotSet.ForRank(0, 3).ToString());
        Assert.Equal("64:0+1*64", SlotSet.ForRank(0, 1).ToString());
        Assert.Equal("128:", SlotSet.Of(128, []).ToString());
        Assert.Equal("128:5,9", SlotSet.Of(128, [9, 5]).ToString());
    }

    [Fact]
    public void ToString_AfterDealing_StaysShort()
    {
        var dealt = SlotSet.ForRank(2, 7).Deal(6);
        for (var part = 0; part < 6; part++)
        {
            var share = SlotSet.ForRank(part < 2 ? part : part + 1, 7).Union(dealt[part]);
            Assert.True(share.ToString().Length <= 25, share.ToString());
            Assert.Equal(share, SlotSet.Parse(share.ToString()));
        }
    }

    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var total = 64 * random.Next(1, 12);
            var density = random.NextDouble();
            var set = SlotSet.Of(total, Enumerable.Range(0, total).Where(_ => random.NextDouble() < density));

            var again = SlotSet.Parse(set.ToString());

            Assert.Equal(set, again);
            Assert.Equal(set.GetHashCode(), again.GetHashCode());
            Assert.Equal(set.Slots(), again.Slots());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("64")]
    [InlineData(":")]
    [InlineData("0:")]
    [InlineData("65:")]
    [InlineData("-64:")]
    [InlineData(" 64:")]
    [InlineData("64000000:")]
    [InlineData("64:64")]
    [InlineData("64:1,")]
    [InlineData("64:,1")]
    [InlineData("64:1,1")]
    [InlineData("64:0+2*33")]
    [InlineData("64:0+2*4,4")]
    [InlineData("64:0+0*4")]
    [InlineData("64:0+1*1")]
    [InlineData("64:0+1")]
    [InlineData("64:0*1+1")]
    [InlineData("64:+1*2")]
    [InlineData("64:0+9999999*9999999")]
    [InlineData("64:0x1")]
    [InlineData("64:٣")]
    public void Parse_AnythingElse_IsAFormatException(string text)
    {
        Assert.NotEmpty(Assert.Throws<FormatException>(() => SlotSet.Parse(text)).Message);
        Assert.False(SlotSet.TryParse(text, out _));
    }

    [Fact]
    public void CountBelow_AnyNumber_CountsWhatIsOwned()
    {
        var set = SlotSet.Of(192, [0, 5, 63, 64, 100, 191]);
        var owned = 0;
        for (var number = 0; number < 800; number++)
        {
            Assert.Equal(owned, set.CountBelow(number));
            owned += set.Owns(number) ? 1 : 0;
        }
    }

    [Fact]
    public void Deal_Parts_AreEvenAndAddUp()
    {
        var set = SlotSet.ForRank(1, 5);
        var parts = set.Deal(6);

        Assert.All(parts, part => Assert.InRange(part.Count, 10, 11));
        Assert.Equal(64, parts.Sum(part => part.Count));
        Assert.Equal(set, parts.Aggregate((a, b) => a.Union(b)));
    }

    [Fact]
    public void Union_OfDifferentSwarms_Throws() =>
        Assert.Throws<ArgumentException>(() => SlotSet.ForRank(0, 2).Union(SlotSet.ForRank(0, 3)));
}
