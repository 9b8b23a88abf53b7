namespace Orca.Results;

/// <summary>A sink that stores documents somewhere else and knows which of them did not get there.</summary>
/// <remarks>
/// It gets an interval only once the swarm's list has it. Else a leader that is killed in between has stored one which the next leader
/// does not know of, and closes again with other bounds: its work would be there twice.
/// </remarks>
internal interface IDocumentSink
{
    /// <summary>Takes an interval that an earlier leader of the run had closed, and may have stored.</summary>
    ValueTask RestoredAsync(RunInterval interval, CancellationToken ct);

    /// <summary>Gets how many documents of the run will never be stored, so far.</summary>
    long DocumentsNotStored { get; }

    /// <summary>Gets what whoever started the run should know of it at its end; none of it changes the verdict.</summary>
    IReadOnlyList<Problem> Problems { get; }
}
