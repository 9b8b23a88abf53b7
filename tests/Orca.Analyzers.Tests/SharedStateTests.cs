namespace Orca.Tests.Analyzers;

public sealed class SharedStateTests
{
    private const string Members = """
            private struct Point { public int X; }
            private int _count; private static int s_all; private Point _point; private string? _last; private int[] _counts = new int[3];
            private readonly List<string> _names = new(); private readonly Dictionary<string, int> _seen = new(); private readonly StringBuilder _text = new();
            private readonly ConcurrentDictionary<string, int> _safe = new(); private readonly ConcurrentQueue<int> _queue = new();
            private readonly AsyncLocal<int> _flowing = new(); [ThreadStatic] private static int s_mine; private readonly Box _box = new();
            private sealed class Box { public int Value; }
            private int Total { get; set; }
        """;

    [Theory]
    [InlineData("/*ORCA004*/_count = 1;")]
    [InlineData("/*ORCA004*/_count += 1;")]
    [InlineData("/*ORCA004*/_count++;")]
    [InlineData("/*ORCA004*/s_all++;")]
    [InlineData("/*ORCA004*/this._last = \"a\";")]
    [InlineData("/*ORCA004*/_last ??= \"a\";")]
    [InlineData("/*ORCA004*/_point.X = 1;")]
    [InlineData("/*ORCA004*/_counts[0]++;")]
    [InlineData("/*ORCA004*/Total++;")]
    [InlineData("/*ORCA004*/_names.Add(\"a\");")]
    [InlineData("/*ORCA004*/_seen[\"a\"] = 1;")]
    [InlineData("/*ORCA004*/_text.AppendLine(\"a\");")]
    [InlineData("int.TryParse(\"1\", /*ORCA004*/out _count);")]
    [InlineData("int local; /*ORCA004*/(_count, local) = (1, 2);")]
    [InlineData("await user.StepAsync(\"a\", ct => { /*ORCA004*/_count++; return Task.CompletedTask; });")]
    public Task Iteration_ThatChangesWhatUsersShare_IsReported(string body) => CheckAsync(body);

    [Theory]
    [InlineData("var local = _count; local++;")]
    [InlineData("Interlocked.Increment(ref _count);")]
    [InlineData("Volatile.Write(ref _count, 1);")]
    [InlineData("lock (_names) { _names.Add(\"a\"); _count++; }")]
    [InlineData("_safe[\"a\"] = 1; _safe.TryAdd(\"b\", 2); _queue.Enqueue(1);")]
    [InlineData("_flowing.Value = 1;")]
    [InlineData("s_mine++;")]
    [InlineData("user.State = 1;")]
    [InlineData("var names = new List<string>(); names.Add(\"a\"); var text = new StringBuilder(); text.Append(\"a\");")]
    [InlineData("var read = _seen.TryGetValue(\"a\", out var count) ? count : _names.Count;")]
    [InlineData("var box = new Box { Value = 1 }; box.Value++;")]
    public Task Iteration_ThatReadsOrKeepsItsOwn_IsLeftAlone(string body) => CheckAsync(body);

    [Fact]
    public Task Writes_BeforeAnyUserStarts_AreLeftAlone() => Marked.TestAsync("""
            private string _token; private readonly List<string> _rows = new();
            public SomeLoadTest() => _token = "";
            public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) { _token = "a"; Fill(); return default; }
            public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct) { /*ORCA004*/_token = "b"; return default; }
            public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
            private void Fill() => _rows.Add("a");
        """);

    private static Task CheckAsync(string body) => Marked.TestAsync($$"""
        {{Members}}
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
            {
                await Task.Yield();
                {{body}}
            }
        """);
}
