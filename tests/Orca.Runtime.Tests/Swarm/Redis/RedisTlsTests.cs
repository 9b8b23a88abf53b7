using Orca.Swarm.Redis;
using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm.Redis;

/// <summary>TLS against a real server whose certificate an authority of the test's own has signed.</summary>
public sealed class RedisTlsTests : IAsyncDisposable
{
    private readonly RedisMembers _members = new();
    private readonly TestAuthority _authority = new("own");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_OwnAuthority_IsTrusted()
    {
        var (server, port) = await StartAsync("localhost");
        await using var owned = server;

        Assert.Null(await FailureAsync(port, options => options.TlsAuthority = _authority.File));
    }

    [Fact]
    public async Task Connect_CertificateForAnotherName_IsRefusedUnlessItIsTheNameAskedFor()
    {
        var (server, port) = await StartAsync("redis.example");
        await using var owned = server;

        Assert.Contains("for another name (CN=redis.example", await FailureAsync(port, options => options.TlsAuthority = _authority.File), StringComparison.Ordinal);
        Assert.Null(await FailureAsync(port, options => (options.TlsAuthority, options.TlsHost) = (_authority.File, "redis.example")));
    }

    [Fact]
    public async Task Connect_AuthorityThatIsNotTrusted_IsRefused()
    {
        using var other = new TestAuthority("other");
        var (server, port) = await StartAsync("localhost");
        await using var owned = server;

        Assert.Contains("not signed by those in Orca:Redis:TlsAuthority", await FailureAsync(port, options => options.TlsAuthority = other.File), StringComparison.Ordinal);
        Assert.Contains("not trusted by this machine", await FailureAsync(port, _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_PlainToAServerThatSpeaksTls_SaysSo()
    {
        var (server, port) = await StartAsync("localhost");
        await using var owned = server;

        Assert.Contains("does a server listen there, without TLS?", await FailureAsync(port, options => options.Tls = false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_TlsToAServerThatDoesNotSpeakIt_SaysSo()
    {
        await using var server = await RedisServer.StartAsync();

        Assert.Contains("TLS", await FailureAsync(server.Port, options => options.TlsAuthority = _authority.File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WrongPasswordOverTls_IsNoMatterOfTheCertificate()
    {
        var (server, port) = await StartAsync("localhost", "--requirepass", "right-one");
        await using var owned = server;

        Assert.Contains("does not take the password", await FailureAsync(port, options => (options.TlsAuthority, options.Password) = (_authority.File, "another")), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _members.DisposeAsync();
        _authority.Dispose();
    }

    private async Task<(RedisServer Server, int Port)> StartAsync(string host, params string[] more)
    {
        var (certificate, key) = _authority.Sign(host);
        var port = Ports.Free();
        return (await RedisServer.StartAsync([
            "--tls-port", $"{port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", _authority.File, "--tls-auth-clients", "no", .. more]), port);
    }

    // Why it could not connect; null where it could.
    private async Task<string?> FailureAsync(int port, Action<RedisOptions> configure)
    {
        var medium = _members.Connect($"localhost:{port}", options =>
        {
            (options.Tls, options.ConnectTimeout, options.Timeout) = (true, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
            configure(options);
        });
        return (await medium.ReadClockAsync(Ct)).Failure?.ToString();
    }
}
