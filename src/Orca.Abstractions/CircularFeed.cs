namespace Orca;

/// <summary>Each iteration's place in the scenario, counted round the rows.</summary>
internal sealed class CircularFeed<T>(IEnumerable<T> rows) : DataFeed<T>(rows)
{
    public override T Next(VirtualUser user) => Rows[(ulong)user.Place % (ulong)Rows.Length];
}
