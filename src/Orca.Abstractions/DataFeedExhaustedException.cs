namespace Orca;

/// <summary>A <see cref="DataFeed{T}.Unique"/> feed has no row left on this drone; the report counts such iterations under this name.</summary>
public sealed class DataFeedExhaustedException : Exception
{
    internal DataFeedExhaustedException(string message)
        : base(message)
    {
    }
}
