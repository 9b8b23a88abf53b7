using System.Text.Json;
using System.Text.RegularExpressions;
using Orca.Plans;
using Orca.TestKit;

namespace Orca.Tests.House;

/// <summary>What the templates hold that can be told without making anything of them; <c>.ci/end-to-end</c> does the rest.</summary>
public sealed partial class TemplatesTests
{
    [Fact]
    public void Packages_OfTheTemplates_AreOfTheVersionsThatAreTestedHere()
    {
        var central = Versions().Matches(File.ReadAllText(Repository.PathOf("Directory.Packages.props"))).ToDictionary(match => match.Groups["id"].Value, match => match.Groups["version"].Value);
        var asked = Projects().SelectMany(project => Versions().Matches(File.ReadAllText(project))).ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, match => Assert.Equal(
            match.Groups["id"].Value.StartsWith("Orca.", StringComparison.Ordinal) ? "ORCA_VERSION" : central[match.Groups["id"].Value],
            match.Groups["version"].Value));
    }

    [Fact]
    public void Plan_OfTheTestTemplate_IsValidAndHasItsSchema()
    {
        var file = Repository.PathOf("templates", "orca-test", "src", "Company.LoadTests-1", "orca.json");

        var plan = Workshop.Good(PlanFile.Read([new PlanLayer(file, File.ReadAllText(file))], new PlanReading()));

        Assert.Equal("scenario-1", Assert.Single(plan.Scenarios).Name);
        Assert.Contains("\"$schema\": \"obj/orca.schema.json\"", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("orca-test", "target", "scenario")]
    [InlineData("orca-host", "redis", "swarm")]
    public void Options_OfATemplate_AreDescribedAndHaveDefaults(string template, params string[] options)
    {
        var symbols = JsonElement.Parse(File.ReadAllText(Repository.PathOf("templates", template, ".template.config", "template.json"))).GetProperty("symbols");

        Assert.Equal(options, symbols.EnumerateObject().Where(symbol => symbol.Value.GetProperty("type").GetString() == "parameter").Select(symbol => symbol.Name));
        Assert.All(options, option => Assert.NotEqual("", symbols.GetProperty(option).GetProperty("description").GetString()));
        Assert.All(options, option => Assert.NotEqual("", symbols.GetProperty(option).GetProperty("defaultValue").GetString()));
    }

    private static IEnumerable<string> Projects() =>
        ((string[])["orca-test", "orca-host"]).SelectMany(template => Directory.EnumerateFiles(Repository.PathOf("templates", template), "*.csproj", SearchOption.AllDirectories));

    [GeneratedRegex("<Package(Reference|Version) Include=\"(?<id>[^\"]+)\" Version=\"(?<version>[^\"]+)\"")]
    private static partial Regex Versions();
}
