using System.Threading.Channels;
using Orca.Swarm;

namespace Orca.Tests.Simulation;

/// <summary>A process's connection as an adversary has it: slow, lossy, cut off; what was sent may be applied though the answer is lost.</summary>
internal sealed class FaultyMedium(ISwarmMedium inner, SimulatedProcess process, SimulatedTime time, Weather weather) : ISwarmMedium
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public MediumState State => process.IsCutOff ? MediumState.Disconnected : MediumState.Connected;

    public ValueTask<MediumReply<long>> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken ct) =>
        Call(medium => medium.PublishAsync(channel, message, default));

    public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct) =>
        inner.SubscribeAsync(channel, new FaultyWriter(writer, process, time, weather), ct);

    public ValueTask<MediumReply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>> ReadHashAsync(SwarmKey key, CancellationToken ct) =>
        Call(medium => medium.ReadHashAsync(key, default));

    public ValueTask<MediumReply<ReadOnlyMemory<byte>>> ReadFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        Call(medium => medium.ReadFieldAsync(key, field, default));

    public ValueTask<MediumReply<bool>> WriteFieldAsync(SwarmKey key, string field, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        Call(medium => medium.WriteFieldAsync(key, field, value, default));

    public ValueTask<MediumReply<bool>> RemoveFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        Call(medium => medium.RemoveFieldAsync(key, field, default));

    public ValueTask<MediumReply<long>> AppendAsync(SwarmKey key, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        Call(medium => medium.AppendAsync(key, value, default));

    public ValueTask<MediumReply<IReadOnlyList<ReadOnlyMemory<byte>>>> ReadListAsync(SwarmKey key, long from, CancellationToken ct) =>
        Call(medium => medium.ReadListAsync(key, from, default));

    public ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct)
    {
        if (silent.Count > 0)
        {
            process.BeforeLoss?.Invoke();
        }

        return Call(medium => medium.PutDocumentAsync(run, version, body, silent, default));
    }

    public ValueTask<MediumReply<StoredDocument?>> ReadDocumentAsync(RunKeys run, CancellationToken ct) =>
        Call(medium => medium.ReadDocumentAsync(run, default));

    public ValueTask<MediumReply<bool>> ForgetDocumentAsync(RunKeys run, DocumentVersion version, CancellationToken ct) =>
        Call(medium => medium.ForgetDocumentAsync(run, version, default));

    public ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        Call(medium => medium.PutNewerAsync(key, field, sequence, value, default));

    public ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        Call(medium => medium.BeatAsync(run, member, counter, heartbeat, default));

    public ValueTask<MediumReply<DocumentVersion>> BeatLeaderAsync(RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        Call(medium => medium.BeatLeaderAsync(run, version, heartbeat, default));

    public ValueTask<MediumReply<bool>> TakeLeaseAsync(SwarmKey key, string owner, TimeSpan duration, CancellationToken ct) =>
        Call(medium => medium.TakeLeaseAsync(key, owner, duration, default));

    public ValueTask<MediumReply<bool>> ReleaseLeaseAsync(SwarmKey key, string owner, CancellationToken ct) =>
        Call(medium => medium.ReleaseLeaseAsync(key, owner, default));

    public ValueTask<MediumReply<DateTimeOffset>> ReadClockAsync(CancellationToken ct) => Call(medium => medium.ReadClockAsync(default));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    // The way there, the server's step and the way back go on in the world, not in the process: a frozen one's request still arrives.
    private ValueTask<MediumReply<T>> Call<T>(Func<ISwarmMedium, ValueTask<MediumReply<T>>> step)
    {
        var answer = new TaskCompletionSource<MediumReply<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (process.IsCutOff || weather.LosesRequest())
        {
            Fail(answer);
        }
        else if (weather.IsStraggler())
        {
            time.After(weather.Late(), () => _ = step(inner));
            Fail(answer);
        }
        else
        {
            time.After(process.HeldUp + weather.Latency(), () => _ = ArriveAsync(step, answer));
            if (process.IsEchoed || weather.IsStraggler())
            {
                time.After(weather.Late(), () => _ = step(inner));
            }
        }

        return new(answer.Task);
    }

    private async Task ArriveAsync<T>(Func<ISwarmMedium, ValueTask<MediumReply<T>>> step, TaskCompletionSource<MediumReply<T>> answer)
    {
        if (process.IsCutOff)
        {
            Fail(answer);
            return;
        }

        var reply = await step(inner);
        if (process.IsDeaf || weather.LosesAnswer())
        {
            Fail(answer);
            return;
        }

        time.After(weather.Latency(), () =>
        {
            if (process.IsCutOff || process.IsDeaf)
            {
                Fail(answer);
            }
            else
            {
                answer.TrySetResult(reply);
            }
        });
    }

    private void Fail<T>(TaskCompletionSource<MediumReply<T>> answer) =>
        time.After(Timeout, () => answer.TrySetResult(new(new Problem("The medium did not answer in time."))));

    private sealed class FaultyWriter(ChannelWriter<ReadOnlyMemory<byte>> writer, SimulatedProcess process, SimulatedTime time, Weather weather)
        : ChannelWriter<ReadOnlyMemory<byte>>
    {
        public override bool TryWrite(ReadOnlyMemory<byte> item)
        {
            for (var copies = weather.Copies(); copies > 0; copies--)
            {
                time.After(weather.Latency(), () =>
                {
                    if (process is { IsCutOff: false, IsDeaf: false, IsDead: false })
                    {
                        writer.TryWrite(item);
                    }
                });
            }

            return true;
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => new(true);
    }
}
