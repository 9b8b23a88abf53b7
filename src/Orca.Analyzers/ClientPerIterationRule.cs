using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orca.Analyzers;

/// <summary>An HTTP client, or what it stands on, made by an iteration.</summary>
internal sealed class ClientPerIterationRule(Compilation compilation) : IIterationRule
{
    private readonly INamedTypeSymbol?[] _clients =
    [
        compilation.GetTypeByMetadataName("System.Net.Http.HttpMessageInvoker"),
        compilation.GetTypeByMetadataName("System.Net.Http.SocketsHttpHandler"),
        compilation.GetTypeByMetadataName("System.Net.Http.HttpClientHandler"),
    ];

    public IterationScope Scope => IterationScope.Iterations;

    public Diagnostic? Examine(IOperation operation, IMethodSymbol method) =>
        operation is IObjectCreationOperation { Type: INamedTypeSymbol made } && IsClient(made) && !IsInsideAnother(operation)
            ? Diagnostic.Create(Rules.ClientPerIteration, operation.Syntax.GetLocation(), made.Name)
            : null;

    private bool IsClient(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (_clients.Any(client => SymbolEqualityComparer.Default.Equals(client, at)))
            {
                return true;
            }
        }

        return false;
    }

    // The client that a handler is made for is told of already.
    private bool IsInsideAnother(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IArgumentOperation { Parent: IObjectCreationOperation { Type: INamedTypeSymbol outer } } && IsClient(outer);
    }
}
