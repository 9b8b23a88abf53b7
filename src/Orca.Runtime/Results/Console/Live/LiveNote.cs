namespace Orca.Results.Console.Live;

/// <summary>A line below the live view's figures: an event of the run, or what somebody wrote to the console meanwhile.</summary>
/// <param name="At">The run time; null before the load begins, and for what is no event.</param>
/// <param name="Text">What it says.</param>
/// <param name="Grave">Whether it should catch the eye.</param>
internal sealed record LiveNote(TimeSpan? At, string Text, bool Grave);
