using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orca.Analyzers;

/// <summary>An asynchronous call that could take the token at hand, and is not given one. A token given on purpose, None too, is the author's choice.</summary>
internal sealed class TokenNotPassedRule(Compilation compilation) : IIterationRule
{
    private readonly INamedTypeSymbol? _token = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");

    private readonly INamedTypeSymbol?[] _awaitables =
    [
        compilation.GetTypeByMetadataName("System.Threading.Tasks.Task"),
        compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1"),
        compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask"),
        compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1"),
        compilation.GetTypeByMetadataName("System.Collections.Generic.IAsyncEnumerable`1"),
    ];

    public IterationScope Scope => IterationScope.Everywhere;

    public Diagnostic? Examine(IOperation operation, IMethodSymbol method) =>
        operation is IInvocationOperation call && IsAsynchronous(call.TargetMethod) && CouldTakeOne(call) && TokenAt(call, method) is { } token
            ? Diagnostic.Create(Rules.TokenNotPassed, call.Syntax.GetLocation(), call.TargetMethod.Name, token.Name)
            : null;

    private bool IsAsynchronous(IMethodSymbol method) =>
        _awaitables.Any(type => SymbolEqualityComparer.Default.Equals(type, method.ReturnType.OriginalDefinition));

    private bool CouldTakeOne(IInvocationOperation call)
    {
        var taken = call.Arguments.Where(argument => IsToken(argument.Parameter?.Type)).ToList();
        return taken.Count > 0 ? taken.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue) : HasOverload(call.TargetMethod);
    }

    private bool HasOverload(IMethodSymbol called)
    {
        var method = (called.ReducedFrom ?? called).OriginalDefinition;
        return method.ContainingType is { } type && type.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other =>
            other.IsStatic == method.IsStatic
            && other.Arity == method.Arity
            && other.DeclaredAccessibility >= method.DeclaredAccessibility
            && other.Parameters.Length == method.Parameters.Length + 1
            && IsToken(other.Parameters[other.Parameters.Length - 1].Type)
            && method.Parameters.Select(Shape).SequenceEqual(other.Parameters.Take(method.Parameters.Length).Select(Shape))
            && !other.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute"));
    }

    // Type parameters of two overloads are two symbols of one name.
    private static string Shape(IParameterSymbol parameter) => parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The token of the nearest function around a call that has one and may be reached from there.</summary>
    private IParameterSymbol? TokenAt(IOperation operation, IMethodSymbol method)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            var function = at switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is not null && (TokenOf(function) is { } token || function.IsStatic))
            {
                return TokenOf(function);
            }
        }

        return TokenOf(method);
    }

    private IParameterSymbol? TokenOf(IMethodSymbol method) => method.Parameters.FirstOrDefault(parameter => IsToken(parameter.Type));

    private bool IsToken(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, _token);
}
