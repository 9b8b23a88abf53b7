using Orca.Results.Elasticsearch;
using Orca.TestKit;

namespace Orca.Tests.Results.Elasticsearch;

public sealed class ElasticsearchRulesTests
{
    [Fact]
    public void ProblemsOf_GoodOptions_IsEmpty() => Assert.Empty(ElasticsearchRules.ProblemsOf(new()
    {
        Url = "https://one.example:9200, https://two.example:9200/elastic/",
        ApiKey = "abc=",
        Fingerprint = string.Join(':', Enumerable.Repeat("AB", 32)),
        Namespace = "team-a.staging",
        Kibana = "https://kibana.example/base",
        KibanaSpace = "load",
    }));

    [Theory]
    [InlineData("", "Orca:Elasticsearch:Url is not set; give an address such as https://elastic.example:9200.")]
    [InlineData("elastic:9200", "Orca:Elasticsearch:Url has 'elastic:9200', which is no http or https address.")]
    [InlineData("https://ann:secret@elastic.example", "Orca:Elasticsearch:Url has credentials in 'elastic.example'; set UserName and Password instead.")]
    [InlineData("https://elastic.example/?a=b", "Orca:Elasticsearch:Url has 'https://elastic.example/?a=b'; an address ends with its host, port or path.")]
    public void ProblemsOf_BadAddress_SaysWhatIsWrong(string url, string expected) =>
        Assert.Equal(expected, Assert.Single(ElasticsearchRules.ProblemsOf(new() { Url = url })).What);

    [Fact]
    public void ProblemsOf_EverythingWrong_NamesEachOptionWithItsValue()
    {
        using var folder = new TempFolder();
        var problems = ElasticsearchRules.ProblemsOf(new()
        {
            Url = "http://localhost:9200",
            ApiKey = "abc",
            UserName = "ann",
            CaFile = folder.Write("ca.pem", "nothing"),
            Fingerprint = "12:34",
            Namespace = "Team A",
            Spool = " ",
            SpoolLimit = 5,
            RequestTimeout = TimeSpan.Zero,
            Drain = TimeSpan.FromMinutes(5),
            Retention = TimeSpan.FromHours(1),
            EventRetention = TimeSpan.Zero,
            KibanaSpace = "a/b",
        });

        string[] options = ["ApiKey", "CaFile", "Fingerprint", "Namespace", "KibanaSpace", "Spool", "SpoolLimit", "RequestTimeout", "Drain", "Retention", "EventRetention"];
        Assert.Equal(options.Select(option => $"Orca:Elasticsearch:{option}"), problems.Select(problem => problem.What.Split(' ')[0]));
        Assert.Contains(problems, problem => problem.What.Contains("is '12:34'", StringComparison.Ordinal));
    }
}
