/// <summary>Uses a native library, SQLite.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "select 6 * 7";
        user.Check("answer", (long)(await command.ExecuteScalarAsync(ct))! == 42);
    }
}
