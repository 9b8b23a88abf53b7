using System.Text;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Tests.Swarm;

public sealed class SwarmJsonTests
{
    private static readonly Presence Sample = new() { Drone = "d-1", Since = DateTimeOffset.UnixEpoch, Life = "l", Host = "h", Version = "1.0.0", Counter = 7 };

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        Assert.True(SwarmJson.Read<Presence>(SwarmJson.Write(Sample), Presence.TypeName).TryGet(out var read, out _));
        Assert.Equal(Sample, read);
    }

    [Fact]
    public void Read_AnotherProtocolVersion_NamesBoth()
    {
        var json = Encoding.UTF8.GetBytes("""{ "v": 9, "type": "presence", "shape": "unknown" }""");
        Assert.False(SwarmJson.Read<Presence>(json, Presence.TypeName).TryGet(out _, out var problems));
        Assert.Contains("version 9", problems[0].What, StringComparison.Ordinal);
        Assert.Contains("speaks 1", problems[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherType_IsRefused()
    {
        Assert.False(SwarmJson.Read<Presence>(SwarmJson.Write(new Notice { Run = "r" }), Presence.TypeName).TryGet(out _, out var problems));
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void Read_Mangled_IsAProblemAndNeverThrows()
    {
        var good = SwarmJson.Write(Sample).ToArray();
        var random = new Random(4711);
        for (var i = 0; i < 2_000; i++)
        {
            var bad = good[..random.Next(good.Length)];
            for (var flips = random.Next(4); flips > 0 && bad.Length > 0; flips--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            Assert.False(SwarmJson.Read<Presence>(bad, Presence.TypeName).TryGet(out _, out var problems));
            Assert.NotEmpty(problems);
        }
    }
}
