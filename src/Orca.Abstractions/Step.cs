namespace Orca;

/// <summary>A running step of an iteration: a timed, named part of it. Valid until the step's action has ended.</summary>
public abstract class Step
{
    /// <summary>Gets the step's name.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the user's <see cref="VirtualUser.Http"/> with every request counted in this step, however steps overlap.</summary>
    public abstract HttpClient Http { get; }

    /// <summary>Fails this step, and with it the iteration, without throwing. The first failure of a step counts.</summary>
    /// <param name="kind">The kind of error that the report counts by: a fixed text such as <c>empty-basket</c>, never one with data in it.</param>
    /// <param name="message">A sample of what happened; the first of a kind is shown in the report.</param>
    public abstract void Fail(string kind, string? message = null);
}
