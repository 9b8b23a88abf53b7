namespace Orca;

/// <summary>A row drawn with the user's own random numbers.</summary>
internal sealed class RandomFeed<T>(IEnumerable<T> rows) : DataFeed<T>(rows)
{
    public override T Next(VirtualUser user) => Rows[user.Random.Next(Rows.Length)];
}
