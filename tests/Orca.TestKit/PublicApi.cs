using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace Orca.TestKit;

/// <summary>Holds a library's public API: whoever changes it sees the change, and accepts it on purpose.</summary>
public static class PublicApi
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    /// <summary>Gets the public types and members of a library as C# without bodies.</summary>
    public static string Of(Assembly library) => library.GeneratePublicApi(Options).ReplaceLineEndings("\n");

    /// <summary>Fails the test where the public API differs from the one accepted.</summary>
    public static void Match(Assembly library, [CallerFilePath] string file = "", [CallerMemberName] string member = "") =>
        Snapshot.Match(Of(library), name: library.GetName().Name, file: file, member: member);
}
