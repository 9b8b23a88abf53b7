using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Orca.TestKit;
using Orca.TestKit.Servers;

namespace Orca.Tests.Tool;

/// <summary>Each mistake ends with exit code 2, one clear message on standard error, nothing on standard output, and nothing left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Plan = """{ "scenarios": { "a": { "load": [ { "users": 1, "for": "1s" } ] } } }""";

    private readonly TempFolder _folder = new();

    public BadInputTests()
    {
        _folder.Write("nuget.config", "<configuration><packageSources><clear /><add key=\"feed\" value=\"feed\" /></packageSources></configuration>");
        Directory.CreateDirectory(_folder.At("feed"));
        _folder.Write("orca.json", Plan);
        _folder.Write("bad.json", "{\n  \"scenarios\": {\n    \"a\": { \"lod\": [] }\n  }\n}\n");
        _folder.Write("named.json", Plan.Replace("\"scenarios\"", "\"package\": \"Acme.Missing\", \"scenarios\"", StringComparison.Ordinal));
        _folder.Write("notes.txt", "not a plan");
        _folder.Write("report/report.json", "{ \"schema\": \"orca.report/9\" }");
        Directory.CreateDirectory(_folder.At("empty"));
    }

    /// <summary>Command lines, with <c>{closed}</c> for a port where nobody listens, and words that the message must hold.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "rnu", "'rnu'" },
        { "run --nope", "'orca run' has no option '--nope'" },
        { "run --dones 3", "Did you mean '--drones'?" },
        { "run orca.json --drones two", "two" },
        { "run orca.json --drones 0", "Orca:Drones is 0; it must be 1 to 100" },
        { "run orca.json --quorum none", "'--quorum none' is no number of drones" },
        { "run orca.json --param x", "'--param x' has no value" },
        { "run orca.json --set x", "'--set x' has no value" },
        { "run orca.json --set nope=1", "'nope' is no known key" },
        { "run orca.json --target nowhere", "'nowhere' is no absolute address" },
        { "run Acme --redis localhost:1 --drones 2", "name one of them" },
        { "run Acme --once --drones 2", "leave out --drones and --redis" },
        { "run missing.json", "There is no file and no folder" },
        { "run src/Missing.csproj", "There is no file and no folder" },
        { "run notes.txt", "'notes.txt' is neither a plan nor a project" },
        { "run a..b", "'a..b' names no package" },
        { "run empty", "There is no test package's project" },
        { "run orca.json", "'package' is missing" },
        { "run bad.json", "scenarios.a.lod: 'lod' is no known key (bad.json, line 3). Did you mean 'load'?" },
        { "run named.json", "Acme.Missing" },
        { "run Acme.Missing", "Acme.Missing" },
        { "run Acme.Missing --redis 127.0.0.1:{closed}", "Redis at 127.0.0.1:{closed} cannot be reached" },
        { "run Acme.Missing --redis not:a:port", "not:a:port" },
        { "drone --redis 127.0.0.1:{closed} --allow Acme.*", "Redis at 127.0.0.1:{closed} cannot be reached" },
        { "drone --redis localhost:1 --allow Acme.* --isolation none", "none" },
        { "drone --redis localhost:1 --allow Acme.* --memory-limit much", "much" },
        { "drone --allow Acme.*", "Orca:Redis:Endpoints is empty" },
        { "leader --redis 127.0.0.1:{closed} --package Acme", "Redis at 127.0.0.1:{closed} cannot be reached" },
        { "leader --redis localhost:1 --stand-by", "give --run-id" },
        { "drones", "Orca:Redis:Endpoints is empty" },
        { "drones --redis 127.0.0.1:{closed}", "Redis at 127.0.0.1:{closed} cannot be reached" },
        { "drones --redis 127.0.0.1:{closed} --tenant UPPER", "UPPER" },
        { "runs --redis 127.0.0.1:{closed}", "Redis at 127.0.0.1:{closed} cannot be reached" },
        { "runs --redis 127.0.0.1:{closed} --swarm no_such", "no_such" },
        { "stop --redis localhost:1", "stop" },
        { "stop some-run --redis 127.0.0.1:{closed}", "Redis at 127.0.0.1:{closed} cannot be reached" },
        { "resume some-run --redis 127.0.0.1:{closed}", "Redis at 127.0.0.1:{closed} cannot be reached" },
        { "validate bad.json", "bad.json(3): scenarios.a.lod" },
        { "validate missing.json", "There is no file and no folder" },
        { "validate named.json", "Acme.Missing" },
        { "lock orca.json", "names no package, so there is nothing to lock" },
        { "lock Acme.Missing", "is no plan file" },
        { "lock named.json", "Acme.Missing" },
        { "elastic setup", "Orca:Elasticsearch" },
        { "elastic replay --most never", "'--most never' is no time" },
        { "elastic dashboards nowhere/orca.ndjson", "nowhere/orca.ndjson" },
        { "list orca.json", "is a plan, which has no tests" },
        { "list Acme.Missing", "Acme.Missing" },
        { "list Acme.Missing --feed nowhere", "nowhere" },
        { "report nowhere", "There is no report" },
        { "report empty", "holds a report.json" },
        { "report report", "report.json: The report could not be read" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Command_WithAMistake_SaysWhichAndEndsWithTwo(string line, string words)
    {
        var closed = $"{ClosedPort()}";
        var before = Files();

        var ended = await OrcaHere.RunAsync(_folder.Path, line.Replace("{closed}", closed, StringComparison.Ordinal).Split(' '));

        Assert.Contains(words.Replace("{closed}", closed, StringComparison.Ordinal), ended.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.BadInput, ""), (ended.ExitCode, ended.Output));
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData("--memory-limit 1", "Orca:MemoryLimit is 1048576; it is a number of bytes")]
    [InlineData("--allow-target ~", "Orca:AllowedTargets has an empty entry")]
    public async Task Drone_WithAnOptionOutOfBounds_SaysWhichAndEndsWithTwo(string options, string words)
    {
        await using var server = await RedisServer.StartAsync();

        var ended = await OrcaHere.RunAsync(_folder.Path, ["drone", "--redis", server.Endpoint, "--allow", "Acme.*", .. options.Split(' ').Select(option => option.Replace('~', ' '))]);

        Assert.Contains(words, ended.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, ended.ExitCode);
    }

    [Theory]
    [InlineData("run --nope --json")]
    [InlineData("run missing.json --json")]
    [InlineData("run orca.json --json")]
    [InlineData("run orca.json --drones 0 --json")]
    [InlineData("validate bad.json --json")]
    [InlineData("list Acme.Missing --json")]
    [InlineData("drones --json")]
    [InlineData("report nowhere --json")]
    public async Task Command_WithAMistakeAndJson_TellsItInJsonToo(string line)
    {
        var ended = await OrcaHere.RunAsync(_folder.Path, line.Split(' '));

        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal(ExitCode.BadInput, ended.ExitCode);
        Assert.Equal(ExitCode.BadInput, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.All(json.RootElement.GetProperty("problems").EnumerateArray(), problem => Assert.NotEqual("", problem.GetProperty("what").GetString()));
        Assert.NotEqual("", ended.Error);
    }

    private List<string> Files() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
