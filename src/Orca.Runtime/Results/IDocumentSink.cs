namespace Orca.Results;

/// <summary>A sink that stores documents somewhere else and knows which of them did not get there.</summary>
internal interface IDocumentSink
{
    /// <summary>Gets how many documents of the run will never be stored, so far.</summary>
    long DocumentsNotStored { get; }

    /// <summary>Gets what whoever started the run should know of it at its end; none of it changes the verdict.</summary>
    IReadOnlyList<Problem> Problems { get; }
}
