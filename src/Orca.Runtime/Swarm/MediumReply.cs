using System.Diagnostics.CodeAnalysis;

namespace Orca.Swarm;

/// <summary>A medium's answer, or why there is none. Without an answer the operation may or may not have happened.</summary>
internal readonly record struct MediumReply<T>
{
    private readonly T? _value;

    public MediumReply(T value) => (_value, Failure) = (value, null);

    public MediumReply(Problem failure) => (_value, Failure) = (default, failure);

    public Problem? Failure { get; }

    public bool Answered([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return Failure is null;
    }
}
