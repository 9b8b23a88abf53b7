using Orca.TestKit;
using Orca.Tool.Subjects;

namespace Orca.Tests.Tool;

public sealed class ProjectSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AFolderWithOneProject_TakesIt() =>
        Assert.Equal(new Subject(SubjectKind.Project, _folder.Write("Acme.csproj", "")), Read());

    [Fact]
    public void Read_AFolderWithASolution_TakesTheProjectWithAPlan()
    {
        _folder.Write("tests/Acme.Tests/Acme.Tests.csproj", "");
        _folder.Write("src/Acme/bin/Other.csproj", "");
        _folder.Write("src/Acme/bin/orca.json", "{}");
        var project = _folder.Write("src/Acme/Acme.csproj", "");
        _folder.Write("src/Acme/orca.json", "{}");

        Assert.Equal(new Subject(SubjectKind.Project, project), Read());
    }

    [Fact]
    public void Read_AFolderWithTwoTestPackages_NamesBoth()
    {
        foreach (var name in (string[])["a", "b"])
        {
            _folder.Write($"{name}/{name}.csproj", "");
            _folder.Write($"{name}/orca.json", "{}");
        }

        var problem = Workshop.OnlyProblem(SubjectText.Read(_folder.Path));

        Assert.Contains($"There are 2 test packages' projects in {_folder.Path}: {Path.Combine("a", "a.csproj")}, {Path.Combine("b", "b.csproj")}.", problem.What);
    }

    [Theory]
    [InlineData("Acme.Shop.LoadTests", "Acme.Shop.LoadTests", null)]
    [InlineData("Acme.Shop.LoadTests@1.4.*", "Acme.Shop.LoadTests", "1.4.*")]
    [InlineData("Acme@[1.0,2.0)", "Acme", "[1.0,2.0)")]
    public void Read_APackage_TellsIdAndVersion(string text, string id, string? version) =>
        Assert.Equal(new Subject(SubjectKind.Package, id, version), Workshop.Good(SubjectText.Read(text)));

    [Fact]
    public void Read_AFolderNamedAsAPackageIs_IsThePackageUnlessWrittenAsAPath()
    {
        var name = Path.GetFileName(Directory.CreateTempSubdirectory("Acme.Shop.").FullName);
        var path = Path.Combine(Path.GetTempPath(), name);
        try
        {
            Assert.Equal(new Subject(SubjectKind.Package, name), Workshop.Good(SubjectText.Read(name)));
            Assert.StartsWith("There is no test package's project in ", Workshop.OnlyProblem(SubjectText.Read(path)).What);
        }
        finally
        {
            Directory.Delete(path);
        }
    }

    private Subject Read() => Workshop.Good(SubjectText.Read(_folder.Path));
}
