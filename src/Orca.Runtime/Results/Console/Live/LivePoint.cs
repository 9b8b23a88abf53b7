namespace Orca.Results.Console.Live;

/// <summary>An interval in the live view's chart.</summary>
/// <param name="At">The run time at its end.</param>
/// <param name="Times">The response times of all scenarios together; null where none finished.</param>
internal readonly record struct LivePoint(TimeSpan At, IntervalTimes? Times);
