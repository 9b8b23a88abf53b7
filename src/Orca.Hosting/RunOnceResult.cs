using System.Collections.Immutable;
using System.Text.Json;
using Orca.Results;

namespace Orca.Hosting;

/// <summary>What a few iterations of a test came to. Immutable.</summary>
public sealed class RunOnceResult
{
    private readonly WorkStatistics _work;

    internal RunOnceResult(string test, WorkStatistics work) => (Test, _work) = (test, work);

    /// <summary>Gets the test's name.</summary>
    public string Test { get; }

    /// <summary>Gets whether all iterations ended and passed, every check held, and set-up and tear-down went well.</summary>
    public bool Passed => Problems.IsEmpty && Failed == 0 && Checks.All(check => check.Failed == 0);

    /// <summary>Gets how many iterations ended.</summary>
    public long Iterations => _work.Finished;

    /// <summary>Gets how many of them failed.</summary>
    public long Failed => _work.Failed;

    /// <summary>Gets how long the iterations took; <see langword="null"/> where none ended.</summary>
    public TimeStatistics? Times => _work.Service;

    /// <summary>Gets the kinds of errors that failed iterations, each with its first message, the most frequent first.</summary>
    public ImmutableArray<ErrorStatistics> Errors => _work.Errors;

    /// <summary>Gets the steps, by name, those of starting users among them; requests outside any step are in <c>(http)</c>.</summary>
    public ImmutableArray<StepStatistics> Steps => _work.Steps;

    /// <summary>Gets the checks, by name.</summary>
    public ImmutableArray<CheckStatistics> Checks => _work.Checks;

    /// <summary>Gets the test's own metrics, by name.</summary>
    public ImmutableArray<MetricStatistics> Metrics => _work.Metrics;

    /// <summary>Gets the results that the test attached, by name.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Attachments { get; internal init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    /// <summary>Gets what failed outside the iterations: constructor, set-up, tear-down, the time limit. Empty where all is well.</summary>
    public ImmutableArray<Problem> Problems { get; internal init; } = [];

    /// <summary>Gets the first exception that left the test's code, with its stack trace; <see langword="null"/> where there was none.</summary>
    public string? FirstException { get; internal init; }

    /// <summary>Gets a step by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There was no such step; the message names those that were.</exception>
    public StepStatistics Step(string name) => Find(Steps, step => step.Name, name);

    /// <summary>Gets a check by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There was no such check; the message names those that were.</exception>
    public CheckStatistics Check(string name) => Find(Checks, check => check.Name, name);

    /// <summary>Gets a metric of the test's own by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There was no such metric; the message names those that were.</exception>
    public MetricStatistics Metric(string name) => Find(Metrics, metric => metric.Name, name);

    /// <summary>Throws where the test did not pass; the message is <see cref="ToString"/>.</summary>
    /// <returns>This result.</returns>
    /// <exception cref="LoadTestFailedException">An iteration failed, a check did not hold, or there is a problem.</exception>
    public RunOnceResult EnsurePassed() => Passed ? this : throw new LoadTestFailedException(this);

    /// <summary>Gets all of it as a person reads it, several lines.</summary>
    public override string ToString() => RunOnceText.Of(this);

    private T Find<T>(ImmutableArray<T> all, Func<T, string> nameOf, string name, [System.Runtime.CompilerServices.CallerMemberName] string kind = "")
        where T : class =>
        all.FirstOrDefault(one => nameOf(one) == name) ?? throw new KeyNotFoundException(
            $"Load test '{Test}' has no {kind.ToLowerInvariant()} '{name}'; "
            + (all.IsEmpty ? "it has none." : $"it has {string.Join(", ", all.Select(one => $"'{nameOf(one)}'"))}."));
}
