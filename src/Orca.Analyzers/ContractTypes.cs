using Microsoft.CodeAnalysis;

namespace Orca.Analyzers;

/// <summary>The contract's types as a compilation sees them.</summary>
internal sealed class ContractTypes(INamedTypeSymbol loadTest, INamedTypeSymbol virtualUser, INamedTypeSymbol? taskSteps)
{
    public static ContractTypes? In(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Orca.ILoadTest") is { } test && compilation.GetTypeByMetadataName("Orca.VirtualUser") is { } user
            ? new ContractTypes(test, user, compilation.GetTypeByMetadataName("Orca.TaskSteps"))
            : null;

    public bool IsLoadTest(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class && type.AllInterfaces.Contains(loadTest, SymbolEqualityComparer.Default);

    /// <summary>Whether users run this method side by side: <c>RunAsync</c> and what starts and stops a user.</summary>
    public bool IsUserHook(IMethodSymbol method) =>
        NameOf(method) is "RunAsync" or "StartUserAsync" or "StopUserAsync"
        && method.Parameters.Any(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, virtualUser));

    public bool IsIteration(IMethodSymbol method) => NameOf(method) == "RunAsync" && IsUserHook(method);

    /// <summary>Whether a call starts something that the iteration must wait for: a step, a pause.</summary>
    public bool IsStep(IMethodSymbol method) =>
        method.Name is "StepAsync" or "ThinkAsync" or "PaceAsync"
        && (IsOrOverrides(method.ContainingType) || SymbolEqualityComparer.Default.Equals((method.ReducedFrom ?? method).ContainingType, taskSteps));

    private bool IsOrOverrides(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, virtualUser))
            {
                return true;
            }
        }

        return false;
    }

    // An explicit implementation is named by its interface too.
    private static string NameOf(IMethodSymbol method) => method.Name.Substring(method.Name.LastIndexOf('.') + 1);
}
