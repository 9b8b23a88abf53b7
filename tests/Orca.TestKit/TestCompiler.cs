using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Orca.TestKit;

/// <summary>Compiles tiny assemblies in this process.</summary>
internal static class TestCompiler
{
    private const string Usings = """
        using System; using System.Net.Sockets; using System.Threading; using System.Threading.Tasks; using Orca;
        using Microsoft.Extensions.Configuration; using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Logging;

        """;

    private static readonly Lazy<ImmutableArray<MetadataReference>> Host = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) is { } name && (name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name is "Orca.Abstractions.dll" or "netstandard.dll"))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ]);

    /// <summary>An iteration that does nothing, as most tests here have it.</summary>
    public const string Run = "public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;";

    public static byte[] Compile(string assembly, string source, params IEnumerable<byte[]> references) => Compile(assembly, source, "1.0.0.0", references);

    public static byte[] Compile(string assembly, string source, string version, params IEnumerable<byte[]> references)
    {
        var compilation = Parse(assembly, $"{Usings}[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n{source}", references);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return image.ToArray();
    }

    /// <summary>Reads a source as it stands, against what a test package sees.</summary>
    public static CSharpCompilation Parse(string assembly, string source, params IEnumerable<byte[]> references) => CSharpCompilation.Create(
        assembly,
        [CSharpSyntaxTree.ParseText(source)],
        [.. Host.Value, .. references.Select(image => MetadataReference.CreateFromImage(image))],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, deterministic: true, optimizationLevel: OptimizationLevel.Release));
}
