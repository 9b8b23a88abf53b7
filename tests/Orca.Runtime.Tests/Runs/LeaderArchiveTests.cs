using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Runs;
using Orca.Swarm;

namespace Orca.Tests.Runs;

public sealed class LeaderArchiveTests
{
    [Fact]
    public async Task GiveUpWaiting_WhileTheMediumDoesNotAnswer_TellsOfEachOnceAndNeverAgain()
    {
        var medium = DispatchProxy.Create<ISwarmMedium, AppendingMedium>();
        var appending = (AppendingMedium)(object)medium;
        Assert.True(SwarmNames.Of("", "default").TryGet(out var names, out _));
        var archive = new LeaderArchive(new()
        {
            Leader = "leader", RunId = "run", RunName = "run", Names = names, Medium = medium, Sinks = [], Clock = TimeProvider.System, Logger = NullLogger.Instance,
        });
        List<int> told = [];
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            archive.Append(names.Run("run").Series, new byte[] { 1 }, () => told.Add(number));
        }

        await using var loop = archive.Begin();
        await appending.Called.WaitAsync(TestContext.Current.CancellationToken);
        archive.GiveUpWaiting();
        Assert.Equal([0, 1, 2], told);

        // The medium answers after all, and has them all: nobody is told a second time.
        appending.Answer();
        await appending.CalledOften(3).WaitAsync(TestContext.Current.CancellationToken);
        archive.GiveUpWaiting();
        Assert.Equal([0, 1, 2], told);
    }

    /// <summary>A medium that takes what is appended once it is allowed to.</summary>
    public class AppendingMedium : DispatchProxy
    {
        private readonly TaskCompletionSource _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource[] _calls = [.. Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        private int _count;

        internal Task Called => CalledOften(1);

        internal Task CalledOften(int times) => _calls[times - 1].Task;

        internal void Answer() => _answers.SetResult();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == nameof(ISwarmMedium.AppendAsync) ? new ValueTask<MediumReply<long>>(AppendAsync()) : throw new NotSupportedException(targetMethod?.Name);

        private async Task<MediumReply<long>> AppendAsync()
        {
            var number = ++_count;
            _calls[number - 1].SetResult();
            await _answers.Task;
            return new(number);
        }
    }
}
