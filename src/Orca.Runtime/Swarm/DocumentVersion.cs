namespace Orca.Swarm;

/// <summary>Which run document is newer: first by the leader's fencing number, then by its own count.</summary>
internal readonly record struct DocumentVersion(long Fencing, long Number) : IComparable<DocumentVersion>
{
    /// <summary>Older than every document.</summary>
    public static DocumentVersion None => default;

    public int CompareTo(DocumentVersion other) =>
        Fencing != other.Fencing ? Fencing.CompareTo(other.Fencing) : Number.CompareTo(other.Number);

    public static bool operator >(DocumentVersion left, DocumentVersion right) => left.CompareTo(right) > 0;

    public static bool operator <(DocumentVersion left, DocumentVersion right) => left.CompareTo(right) < 0;

    public override string ToString() => $"{Fencing}.{Number}";
}
