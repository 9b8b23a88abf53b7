using System.Reflection;

namespace Orca.Worker;

/// <summary>Starts the part of Orca.Runtime that runs a test in a process of its own.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var entry = Assembly.Load("Orca.Runtime")
            .GetType("Orca.Runs.Workers.Child.ChildProgram", throwOnError: true)!
            .GetMethod("RunAsync", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .CreateDelegate<Func<string[], Task<int>>>();
        return entry(args);
    }
}
