using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.Packages;

public sealed class PackageLockJsonTests
{
    private static readonly string Sha = Convert.ToBase64String(new byte[64]);

    [Fact]
    public void Read_Written_IsTheSame()
    {
        var json = PackageLockJson.Write(Sample());

        var read = Workshop.Good(PackageLockJson.Read(json));

        Assert.Equal(json, PackageLockJson.Write(read));
        Assert.Equal(Sample().Hash, read.Hash);
        Assert.Contains("\"kind\":\"satellite\"", json);
        Assert.Contains("\"root\":{\"id\":\"Acme.Tests\",\"version\":\"1.0.0\"}", json);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"root\":null,\"packages\":null,\"hash\":null}")]
    [InlineData("{\"root\":{\"id\":\"A\",\"version\":\"1.0.0\"},\"packages\":[null],\"hash\":\"\"}")]
    [InlineData("{\"root\":{\"id\":\"A\",\"version\":\"1.0.0\"},\"packages\":[{\"id\":\"A\"}],\"hash\":\"\"}")]
    [InlineData("{\"root\":{\"id\":\"A\",\"version\":\"1.0.0\"},\"root\":{\"id\":\"A\",\"version\":\"1.0.0\"},\"packages\":[],\"hash\":\"\"}")]
    public void Read_NoLock_IsAProblem(string json)
    {
        Assert.Contains("The package lock is not valid", Workshop.OnlyProblem(PackageLockJson.Read(json)).What);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("lib\\net10.0\\a.dll")]
    [InlineData("C:/a.dll")]
    [InlineData("lib//a.dll")]
    [InlineData("lib/./a.dll")]
    [InlineData("lib/a\nb.dll")]
    [InlineData("")]
    public void Read_PathThatLeadsElsewhere_IsAProblem(string path)
    {
        var sample = Sample();
        var hostile = LockHash.Seal(sample.Root, [sample.Packages[0] with { Assets = [new LockedAsset(path, AssetKind.Assembly, Sha)] }]);

        Assert.Contains("no file that a package may load", Workshop.OnlyProblem(PackageLockJson.Read(PackageLockJson.Write(hostile))).What);
    }

    [Theory]
    [InlineData("../evil", "1.0.0")]
    [InlineData("Acme.Tests", "../1.0.0")]
    [InlineData("Acme.Tests", "1.0")]
    public void Read_IdOrVersionThatIsNone_IsAProblem(string id, string version)
    {
        var hostile = LockHash.Seal(new PackageVersion(id, version), [new LockedPackage(id, version, Sha, [], [])]);

        Workshop.OnlyProblem(PackageLockJson.Read(PackageLockJson.Write(hostile)));
    }

    [Fact]
    public void Read_AnyTextChanged_IsAProblem()
    {
        var seed = 20260102;
        var json = PackageLockJson.Write(Sample());
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var changed = json.ToCharArray();
            var at = random.Next(changed.Length);
            changed[at] = (char)random.Next(32, 127);

            // A change of the case of a JSON name, or of nothing at all, may read the same; then the hash still holds.
            if (PackageLockJson.Read(new string(changed)).TryGet(out var read, out _))
            {
                Assert.True(read.Hash == LockHash.Compute(read.Root, read.Packages), $"seed {seed}, step {i}");
            }
        }
    }

    [Fact]
    public void Read_ChangedHash_IsAProblem()
    {
        var json = JsonNode.Parse(PackageLockJson.Write(Sample()))!;
        json["packages"]![0]!["sha512"] = Convert.ToBase64String(Enumerable.Repeat((byte)1, 64).ToArray());

        Assert.Contains("its hash does not match its contents", Workshop.OnlyProblem(PackageLockJson.Read(json.ToJsonString())).What);
    }

    [Fact]
    public void Read_OnePackageTwice_IsAProblem()
    {
        var sample = Sample();
        var twice = LockHash.Seal(sample.Root, [sample.Packages[0], sample.Packages[0] with { Id = "ACME.TESTS" }]);

        Assert.Contains("twice", Workshop.OnlyProblem(PackageLockJson.Read(PackageLockJson.Write(twice))).What);
    }

    [Fact]
    public void Seal_AnyOrderGiven_HashesTheSame()
    {
        var sample = Sample();
        var shuffled = LockHash.Seal(sample.Root, sample.Packages.Reverse().Select(package => package with { Assets = [.. package.Assets.Reverse()] }));

        Assert.Equal(sample.Hash, shuffled.Hash);
        Assert.Equal(PackageLockJson.Write(sample), PackageLockJson.Write(shuffled));
    }

    private static PackageLock Sample() => LockHash.Seal(
        new PackageVersion("Acme.Tests", "1.0.0"),
        [
            new LockedPackage("Lib", "2.0.0-beta.1", Sha, ImmutableArray<string>.Empty, [new LockedAsset("lib/net10.0/Lib.dll", AssetKind.Assembly, Sha)]),
            new LockedPackage("Acme.Tests", "1.0.0", Sha, ["Lib"],
            [
                new LockedAsset("lib/net10.0/fr/Acme.Tests.resources.dll", AssetKind.Satellite, Sha, "fr"),
                new LockedAsset("lib/net10.0/Acme.Tests.dll", AssetKind.Assembly, Sha),
            ]),
        ]);
}
