using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orca.Execution;

/// <summary>Has a test's own code compiled ahead of its first call, without calling it.</summary>
internal static class CompiledTest
{
    // A package may carry far more code than its tests use.
    private const int MostMethods = 2_000;

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compiles the methods of the test's assembly, at most for a time; what cannot be compiled is left to the call that needs it.</summary>
    /// <returns>How many methods were compiled.</returns>
    public static int Prepare(Type test, TimeSpan most, TimeProvider clock)
    {
        var began = clock.GetTimestamp();
        var prepared = 0;
        foreach (var type in TypesNear(test))
        {
            foreach (var method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
            {
                if (prepared >= MostMethods || clock.GetElapsedTime(began) > most)
                {
                    return prepared;
                }

                prepared += TryPrepare(method) ? 1 : 0;
            }
        }

        return prepared;
    }

    /// <summary>The test's own type and what lies within it, then the others.</summary>
    private static IEnumerable<Type> TypesNear(Type test)
    {
        Type[] types;
        try
        {
            types = test.Assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            types = [.. e.Types.OfType<Type>()];
        }

        return types.Where(type => !type.ContainsGenericParameters).OrderBy(type => type == test || type.DeclaringType == test ? 0 : 1);
    }

    private static bool TryPrepare(MethodBase method)
    {
        if (method.IsAbstract || method.ContainsGenericParameters || method.GetMethodBody() is null)
        {
            return false;
        }

        try
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
