using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;

namespace Orca.Isolation;

/// <summary>Asks all who cache by type to forget, by the hot-reload contract; System.Text.Json would else keep a package's context alive.</summary>
internal static class HotReloadCaches
{
    public static void Clear()
    {
        foreach (var assembly in AssemblyLoadContext.Default.Assemblies)
        {
            foreach (var handler in Handlers(assembly))
            {
                try
                {
                    handler.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])])?.Invoke(null, [null]);
                }
                catch (Exception e) when (e is TargetInvocationException or AmbiguousMatchException or TypeLoadException)
                {
                    // A cache that cannot be cleared shows itself as a context that does not unload.
                }
            }
        }
    }

    private static IEnumerable<Type> Handlers(Assembly assembly)
    {
        try
        {
            return assembly.IsDynamic ? [] : assembly.GetCustomAttributes<MetadataUpdateHandlerAttribute>().Select(attribute => attribute.HandlerType).ToList();
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or CustomAttributeFormatException)
        {
            return [];
        }
    }
}
