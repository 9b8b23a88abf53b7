using Microsoft.CodeAnalysis;

namespace Orca.Analyzers;

/// <summary>The collections and builders that no two threads may change at once.</summary>
internal static class PlainCollections
{
    private static readonly string[] Types =
        ["List", "Dictionary", "HashSet", "SortedDictionary", "SortedList", "SortedSet", "Queue", "PriorityQueue", "Stack", "LinkedList", "IList", "IDictionary", "ICollection", "ISet", "StringBuilder"];

    private static readonly string[] Changing =
        ["Add", "Insert", "Remove", "Clear", "Enqueue", "Dequeue", "Push", "Pop", "TryAdd", "TryDequeue", "TryPop", "Sort", "Reverse", "UnionWith", "ExceptWith", "IntersectWith", "SymmetricExceptWith", "Append"];

    public static bool Has(INamedTypeSymbol type) =>
        Types.Contains(type.Name) && type.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Text";

    /// <summary>Whether a call changes such a collection: <c>AddRange</c> does as <c>Add</c> does.</summary>
    public static bool Changes(IMethodSymbol method) =>
        Has(method.ContainingType) && Changing.Any(name => method.Name.StartsWith(name, StringComparison.Ordinal));
}
