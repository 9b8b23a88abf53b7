using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Orca.Results;
using Orca.Results.Files;
using Orca.TestKit;

namespace Orca.Tests.Results;

public class JUnitFileTests
{
    [Fact]
    public async Task WriteAsync_FailedThresholds_AreFailuresAndTheInvalidRunIsAnError()
    {
        var suite = (await WriteAsync(SampleReport.Make())).Root!.Element("testsuite")!;

        Assert.Equal(("6", "3", "1"), ((string)suite.Attribute("tests")!, (string)suite.Attribute("failures")!, (string)suite.Attribute("errors")!));
        Assert.Equal("invalid", (string)suite.Elements("testcase").First().Element("error")!.Attribute("type")!);
        var broken = suite.Elements("testcase").Single(test => (string)test.Attribute("name")! == "checkout/pay errors < 0.5%").Element("failure")!;
        Assert.Equal("It was 3.33%.", (string)broken.Attribute("message")!);
        Assert.Null(suite.Elements("testcase").Single(test => (string)test.Attribute("name")! == "browse rate > 5/s").Element("failure"));
    }

    [Fact]
    public async Task WriteAsync_AnyReport_FitsTheCommonSchema()
    {
        var never = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1))).Complete(0, ending => ending with { Started = false, Aborted = new("Only 1 of 3 drones joined.") });
        foreach (var report in (RunReport[])[SampleReport.Make(), never, RichReport.Make(10), RichReport.Make(10, name: " \n<\"&'>\u0001\ud800 "), SampleReport.Make() with { Name = "", Drones = [], Reasons = [], Thresholds = [] }])
        {
            await WriteAsync(report);
        }
    }

    private static async Task<XDocument> WriteAsync(RunReport report)
    {
        using var stream = new MemoryStream();
        await JUnitFile.WriteAsync(report, stream, TestContext.Current.CancellationToken);
        stream.Position = 0;
        var schemas = new XmlSchemaSet();
        using var schema = XmlReader.Create(SchemaPath());
        schemas.Add("", schema);
        var document = XDocument.Load(stream);
        List<string> wrong = [];
        document.Validate(schemas, (_, found) => wrong.Add(found.Message));
        Assert.Empty(wrong);
        return document;
    }

    private static string SchemaPath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Expected", "junit.xsd");
}
