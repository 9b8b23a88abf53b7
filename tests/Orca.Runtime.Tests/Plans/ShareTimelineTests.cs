using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class ShareTimelineTests
{
    private static readonly SlotSet Even = SlotSet.ForRank(0, 2);
    private static readonly SlotSet Odd = SlotSet.ForRank(1, 2);

    [Fact]
    public void Apply_LowerOrEqualEpoch_ChangesNothing()
    {
        var timeline = new ShareTimeline(new Share(3, TimeSpan.Zero, Even));

        Assert.False(timeline.Apply(new Share(3, TimeSpan.Zero, Odd)));
        Assert.False(timeline.Apply(new Share(2, TimeSpan.Zero, Odd)));
        Assert.Equal(3, timeline.Current.Epoch);
        Assert.True(timeline.Owns(0, TimeSpan.Zero));
    }

    [Fact]
    public void Owns_BeforeAndAfterAnEpoch_LooksAtTheShareOfThatTime()
    {
        var timeline = new ShareTimeline(new Share(0, TimeSpan.Zero, Even));
        Assert.True(timeline.Apply(new Share(1, TimeSpan.FromSeconds(5), Odd)));

        Assert.True(timeline.Owns(0, TimeSpan.FromSeconds(5) - new TimeSpan(1)));
        Assert.False(timeline.Owns(0, TimeSpan.FromSeconds(5)));
        Assert.True(timeline.Owns(1, TimeSpan.FromSeconds(5)));
        Assert.Equal(1, timeline.Current.Epoch);
        Assert.Equal(0, timeline.At(TimeSpan.Zero).Epoch);
    }

    [Fact]
    public void Owns_HigherEpochThatBeginsSooner_Wins()
    {
        var timeline = new ShareTimeline(new Share(0, TimeSpan.Zero, Even));
        timeline.Apply(new Share(1, TimeSpan.FromSeconds(5), Odd));
        timeline.Apply(new Share(2, TimeSpan.FromSeconds(4), Even));

        Assert.True(timeline.Owns(0, TimeSpan.FromSeconds(6)));
        Assert.False(timeline.Owns(1, TimeSpan.FromSeconds(4)));
    }
}
