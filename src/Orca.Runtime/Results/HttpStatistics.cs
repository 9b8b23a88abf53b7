using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>The HTTP requests of one step.</summary>
public sealed record HttpStatistics
{
    /// <summary>Gets how many requests were made.</summary>
    public long Requests { get; init; }

    /// <summary>Gets how many ended without a response.</summary>
    public long Broken { get; init; }

    /// <summary>Gets the bytes sent.</summary>
    public long BytesSent { get; init; }

    /// <summary>Gets the bytes received.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Gets the times from a request to the head of its response; <see langword="null"/> where none came.</summary>
    public TimeStatistics? FirstByte { get; init; }

    /// <summary>Gets the times from a request to the end of its response, of responses read to their end; <see langword="null"/> where there were none.</summary>
    public TimeStatistics? Total { get; init; }

    /// <summary>Gets the responses by status code, in ascending order.</summary>
    public ImmutableArray<HttpStatusCount> Statuses { get; init; } = [];

    /// <summary>Gets how the broken ones ended, by kind, the most frequent first.</summary>
    public ImmutableArray<ErrorStatistics> Errors { get; init; } = [];
}
