using Mono.Cecil;

namespace Orca.Tests.House;

/// <summary>A guard that sees too little passes for ever: each kind of use is shown to be seen.</summary>
public sealed class TypeUsesTests
{
    [Theory]
    [InlineData(nameof(OfField), "System.Version")]
    [InlineData(nameof(OfGenericArgument), "System.Version")]
    [InlineData(nameof(OfArrayElement), "System.Version")]
    [InlineData(nameof(OfReturnType), "System.Version")]
    [InlineData(nameof(OfBase), "System.Version")]
    [InlineData(nameof(OfStaticCall), "System.Version")]
    [InlineData(nameof(OfTypeOf), "System.Version")]
    [InlineData(nameof(OfLambda), "System.Version")]
    [InlineData(nameof(OfAsync), "System.Version")]
    [InlineData(nameof(OfGenericCall), "System.Version")]
    [InlineData(nameof(OfCatch), "System.TimeZoneNotFoundException")]
    [InlineData(nameof(OfAttribute), "System.Diagnostics.DebuggerStepThroughAttribute")]
    public void Of_ATypeThatUsesAnother_SeesIt(string probe, string used)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(TypeUsesTests).Assembly.Location);
        var name = $"{typeof(TypeUsesTests).FullName}/{probe}";

        var uses = assembly.MainModule.GetTypes()
            .Where(type => type.FullName == name || type.FullName.StartsWith(name + "/", StringComparison.Ordinal))
            .SelectMany(TypeUses.Of);

        Assert.Contains(used, uses.Select(use => use.Used.FullName));
    }

    private sealed class OfField
    {
        internal Version? Field = null;
    }

    private sealed class OfGenericArgument
    {
        internal Dictionary<string, List<Version>>? Field = null;
    }

    private sealed class OfArrayElement
    {
        internal Version[][]? Field = null;
    }

    private abstract class OfReturnType
    {
        internal abstract Version Get();
    }

    private abstract class OfBase : IComparable<Version>
    {
        public abstract int CompareTo(Version? other);
    }

    private static class OfStaticCall
    {
        internal static object Get() => Version.Parse("1.0");
    }

    private static class OfTypeOf
    {
        internal static object Get() => typeof(Version);
    }

    private static class OfLambda
    {
        internal static Func<string, object> Get() => static text => new Version(text);
    }

    private static class OfAsync
    {
        internal static async Task<object> GetAsync()
        {
            await Task.Yield();
            return new Version();
        }
    }

    private static class OfGenericCall
    {
        internal static object Get() => Array.Empty<Version>();
    }

    private static class OfCatch
    {
        internal static string? Get()
        {
            try
            {
                return TimeZoneInfo.Local.Id;
            }
            catch (TimeZoneNotFoundException)
            {
                return null;
            }
        }
    }

    [System.Diagnostics.DebuggerStepThrough]
    private static class OfAttribute;
}
