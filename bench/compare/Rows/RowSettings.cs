namespace Orca.Compare.Rows;

/// <summary>How often and for how long.</summary>
internal sealed record RowSettings(int Rounds, int Seconds);
