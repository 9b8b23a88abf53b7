namespace Orca.Benchmarks;

/// <summary>What a benchmark takes for granted.</summary>
internal static class OutcomeValues
{
    public static T ValueOrThrow<T>(this Outcome<T> outcome)
        where T : class =>
        outcome.TryGet(out var value, out var problems) ? value : throw new InvalidOperationException(problems[0].ToString());
}
