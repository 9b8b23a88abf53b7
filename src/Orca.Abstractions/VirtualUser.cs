namespace Orca;

/// <summary>One simulated person: an own id, random numbers, cookies and state. Members may be called from any thread.</summary>
/// <remarks>
/// A user does one iteration at a time. Names of steps, checks, error kinds and metrics are fixed texts: 1,000 of each are
/// kept in a scenario, what comes after is counted under <c>(other)</c>, and the report says so.
/// </remarks>
public abstract class VirtualUser
{
    /// <summary>Gets the user's number, unique in the swarm for its scenario, from 0.</summary>
    public abstract long Id { get; }

    /// <summary>Gets the number of the iteration: under open load and fixed iterations its number in the swarm, under closed load the user's own count; from 0.</summary>
    public abstract long Iteration { get; }

    /// <summary>Gets the iteration's place in the order in which a <see cref="DataFeed{T}.Circular"/> feed hands out its rows, from 0, the same in every run.</summary>
    /// <remarks>Default: the user's number and its count of iterations added up.</remarks>
    protected internal virtual long Place => Id + Iteration;

    /// <summary>Gets random numbers that are seeded anew for each iteration from plan seed, scenario and iteration, so that a run can be repeated.</summary>
    /// <remarks>Not safe for use by several threads at once.</remarks>
    public abstract Random Random { get; }

    /// <summary>Gets the run, the scenario and the drone that this user belongs to.</summary>
    public abstract LoadTestContext Context { get; }

    /// <summary>Gets or sets what the test keeps for this user. Default: <see langword="null"/>.</summary>
    public abstract object? State { get; set; }

    /// <summary>Gets an HTTP client of this user's own: own cookies, the target as base address, a time-out of 30 s unless set; every request is measured.</summary>
    /// <remarks>
    /// A request counts in the innermost open step where steps are strictly nested, else in <c>(concurrent)</c>; outside any
    /// step in <c>(http)</c>. Use <see cref="Step.Http"/> where steps overlap. Do not dispose it.
    /// </remarks>
    public abstract HttpClient Http { get; }

    /// <summary>Times an action as a step. An exception fails the step, with its type as the error kind, and is thrown on.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="action">What the step does.</param>
    public abstract ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> action);

    /// <inheritdoc cref="StepAsync(string, Func{CancellationToken, ValueTask})"/>
    public abstract ValueTask StepAsync(string name, Func<Step, CancellationToken, ValueTask> action);

    /// <inheritdoc cref="StepAsync(string, Func{CancellationToken, ValueTask})"/>
    /// <returns>What the action returns.</returns>
    public abstract ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> action);

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, ValueTask{T}})"/>
    public abstract ValueTask<T> StepAsync<T>(string name, Func<Step, CancellationToken, ValueTask<T>> action);

    /// <summary>Times an action as a step and hands it a state, so that a static lambda allocates nothing.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="state">What the action is handed.</param>
    /// <param name="action">What the step does.</param>
    public abstract ValueTask StepAsync<TState>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask> action);

    /// <inheritdoc cref="StepAsync{TState}(string, TState, Func{TState, Step, CancellationToken, ValueTask})"/>
    /// <returns>What the action returns.</returns>
    public abstract ValueTask<T> StepAsync<TState, T>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask<T>> action);

    /// <summary>Counts a yes/no observation; fails nothing by itself.</summary>
    /// <param name="name">The check's name.</param>
    /// <param name="passed">Whether it holds.</param>
    /// <returns><paramref name="passed"/>.</returns>
    public abstract bool Check(string name, bool passed);

    /// <summary>Fails the iteration without throwing. The first failure of an iteration counts.</summary>
    /// <param name="kind">The kind of error that the report counts by: a fixed text, never one with data in it.</param>
    /// <param name="message">A sample of what happened; the first of a kind is shown in the report.</param>
    public abstract void Fail(string kind, string? message = null);

    /// <summary>Adds to a counter of the test's own, summed over the swarm.</summary>
    /// <param name="metric">The counter's name.</param>
    /// <param name="amount">What is added.</param>
    public abstract void Count(string metric, long amount = 1);

    /// <summary>Sets a gauge of the test's own; the report shows its last, least and greatest value.</summary>
    /// <param name="metric">The gauge's name.</param>
    /// <param name="value">The value, in the author's unit.</param>
    public abstract void Gauge(string metric, double value);

    /// <summary>Records a value in a distribution of the test's own, merged exactly over the swarm.</summary>
    /// <param name="metric">The distribution's name.</param>
    /// <param name="value">A whole number in the author's unit; values below 0 are clamped and counted.</param>
    public abstract void Record(string metric, long value);

    /// <summary>Waits as a person would; in the iteration's time, in no step's. Ends early, with an exception, when the run is cut short.</summary>
    /// <param name="duration">How long.</param>
    public abstract ValueTask ThinkAsync(TimeSpan duration);

    /// <summary>Waits as a person would, for a time drawn evenly from the user's own random numbers.</summary>
    /// <param name="min">The least time.</param>
    /// <param name="max">The greatest time.</param>
    public abstract ValueTask ThinkAsync(TimeSpan min, TimeSpan max);

    /// <summary>Waits until a period has passed since the iteration began; returns at once when it has.</summary>
    /// <param name="period">The period.</param>
    public abstract ValueTask PaceAsync(TimeSpan period);
}
