using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orca.Results.Elasticsearch;
using Orca.Results.Elasticsearch.Client;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

public sealed class StoreClientTests
{
    private static readonly SyntheticRun Run = new(drones: 2, steps: 2, intervals: 5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ApiKey aWQ6a2V5", "aWQ6a2V5", null, null, null)]
    [InlineData("ApiKey aWQ6a2V5", "id:key", null, null, null)]
    [InlineData("Basic YW5uOnPDpHNhbWU=", null, "ann", "säsame", null)]
    [InlineData("Bearer tok.en", null, null, null, "tok.en")]
    public async Task Requests_WithCredentials_CarryThem(string header, string? key, string? user, string? password, string? token)
    {
        await using var setting = await StoreSetting.StartAsync(new() { Authorization = header }, setUp: false);
        (setting.Options.ApiKey, setting.Options.UserName, setting.Options.Password, setting.Options.BearerToken) = (key, user, password, token);
        await setting.SetUpAsync();
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
    }

    [Fact]
    public async Task Requests_WithoutGzip_AreStoredAsWell()
    {
        await using var setting = await StoreSetting.StartAsync();
        setting.Options.Gzip = false;
        await setting.RunAsync(Run);

        Assert.False(setting.Server.AllCompressed);
        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
    }

    [Fact]
    public async Task Run_SeveralNodesOneAfterAnotherDown_GoesOnWithTheOthers()
    {
        await using var setting = await StoreSetting.StartAsync();
        var (none, other) = (FeedServer.FreePort(), FeedServer.FreePort());
        setting.Options.Url = $"http://127.0.0.1:{none}, {setting.Server.Url},http://127.0.0.1:{other}/";
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
    }

    [Fact]
    public async Task Https_CertificateOfAGivenAuthority_IsTrustedForItsOwnNameOnly()
    {
        using var folder = new TempFolder();
        using var authority = Certificates.Authority();
        using var good = Certificates.Issue(authority, IPAddress.Loopback);
        using var other = Certificates.Issue(authority, IPAddress.Parse("192.0.2.1"));
        var file = folder.Write("ca.pem", authority.ExportCertificatePem());

        Assert.Equal(200, (await AskAsync(good, options => options.CaFile = file)).Status);
        Assert.NotNull((await AskAsync(other, options => options.CaFile = file)).Failure);
        Assert.NotNull((await AskAsync(good, _ => { })).Failure);
        using var stranger = Certificates.Authority();
        Assert.NotNull((await AskAsync(good, options => options.CaFile = folder.Write("stranger.pem", stranger.ExportCertificatePem()))).Failure);
    }

    [Fact]
    public async Task Https_CertificateOfAGivenFingerprint_IsTrusted()
    {
        using var authority = Certificates.Authority();
        using var served = Certificates.Issue(authority, IPAddress.Parse("192.0.2.1"));
        var fingerprint = string.Join(':', Convert.ToHexString(served.GetCertHash(HashAlgorithmName.SHA256)).Chunk(2).Select(pair => new string(pair)));

        Assert.Equal(200, (await AskAsync(served, options => options.Fingerprint = fingerprint)).Status);
        Assert.NotNull((await AskAsync(served, options => options.Fingerprint = new string('a', 64))).Failure);
    }

    [Fact]
    public async Task Run_ServerNotTrusted_IsKept()
    {
        using var authority = Certificates.Authority();
        using var served = Certificates.Issue(authority, IPAddress.Loopback);
        await using var setting = await StoreSetting.StartAsync(new() { Certificate = served }, setUp: false);
        setting.Options.Drain = TimeSpan.FromMilliseconds(500);
        var sink = await setting.RunAsync(Run);

        Assert.Contains("are not in Elasticsearch", Assert.Single(sink.Problems).What, StringComparison.Ordinal);
        Assert.Empty(setting.Stored);
    }

    private static async Task<StoreAnswer> AskAsync(X509Certificate2 served, Action<ElasticsearchOptions> configure)
    {
        await using var server = await ElasticsearchServer.StartAsync(new() { Certificate = served });
        var options = new ElasticsearchOptions { Url = server.Url };
        configure(options);
        Assert.Empty(ElasticsearchRules.ProblemsOf(options));
        using var client = new HttpStoreClient(options, TimeProvider.System);
        return await client.CallAsync(HttpMethod.Get, "", null, Token);
    }
}
