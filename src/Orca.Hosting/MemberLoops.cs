using System.Collections.Concurrent;

namespace Orca.Hosting;

/// <summary>The leader and the drones of this host: which of them run, and which have failed.</summary>
internal sealed class MemberLoops
{
    private readonly ConcurrentDictionary<string, string?> _failures = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Running => [.. _failures.Where(loop => loop.Value is null).Select(loop => loop.Key).Order(StringComparer.Ordinal)];

    public IReadOnlyDictionary<string, string> Failed => _failures.Where(loop => loop.Value is not null).ToDictionary(loop => loop.Key, loop => loop.Value!);

    public void Started(string member) => _failures[member] = null;

    public void HasFailed(string member, string reason) => _failures[member] = reason;

    public void Ended(string member) => _failures.TryRemove(member, out _);
}
