using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Orca;

/// <summary>A value, or the problems that stood in its way.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Outcome<T>
    where T : class
{
    private readonly T? _value;
    private readonly ImmutableArray<Problem> _problems;

    private Outcome(T? value, ImmutableArray<Problem> problems) => (_value, _problems) = (value, problems);

    /// <summary>Gets the problems; empty where there is a value.</summary>
    public ImmutableArray<Problem> Problems => _problems.IsDefault ? [] : _problems;

    /// <summary>Gets the value where there is one, else the problems, at least one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="problems">The problems.</param>
    /// <returns>Whether there is a value.</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, out ImmutableArray<Problem> problems)
    {
        (value, problems) = (_value, Problems);
        return value is not null;
    }

    /// <summary>A value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, []);

    /// <summary>One problem.</summary>
    public static implicit operator Outcome<T>(Problem problem) => new(null, [problem]);

    /// <summary>Several problems, at least one.</summary>
    public static implicit operator Outcome<T>(ImmutableArray<Problem> problems) => new(null, problems);
}
