using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orca.Analyzers;

/// <summary>A call that holds a thread until something has happened.</summary>
internal sealed class BlockingCallRule(Compilation compilation) : IIterationRule
{
    private readonly INamedTypeSymbol? _completion = compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.INotifyCompletion");

    private readonly Dictionary<ISymbol, string[]> _blocking = BlockingMembers.All
        .Select(entry => (Type: compilation.GetTypeByMetadataName(entry.Type), entry.Members))
        .Where(entry => entry.Type is not null)
        .ToDictionary(entry => (ISymbol)entry.Type!, entry => entry.Members, SymbolEqualityComparer.Default);

    public IterationScope Scope => IterationScope.UserHooks;

    public Diagnostic? Examine(IOperation operation, IMethodSymbol method) => operation switch
    {
        IInvocationOperation call when IsBlocking(call) => Of(call, call.TargetMethod),
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } result
            when Blocks(result.Property) && !CompletedTasks.Knows(task) => Of(result, result.Property),
        _ => null,
    };

    private static Diagnostic Of(IOperation operation, ISymbol member) =>
        Diagnostic.Create(Rules.BlockingCall, operation.Syntax.GetLocation(), $"{member.ContainingType.Name}.{member.Name}");

    private bool IsBlocking(IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "GetResult" && call.TargetMethod.ContainingType.AllInterfaces.Contains(_completion!, SymbolEqualityComparer.Default))
        {
            return !(call.Instance is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } && CompletedTasks.Knows(awaited));
        }

        return Blocks(call.TargetMethod)
            && !call.Arguments.Any(IsNoTime)
            && !(call.TargetMethod.Name == "Wait" && call.Instance is { } task && CompletedTasks.Knows(task));
    }

    private bool Blocks(ISymbol member)
    {
        for (var type = member.ContainingType; type is not null; type = type.BaseType)
        {
            if (_blocking.TryGetValue(type.OriginalDefinition, out var members) && members.Contains(member.Name))
            {
                return true;
            }
        }

        return false;
    }

    // A time-out of nothing asks, and does not wait.
    private static bool IsNoTime(IArgumentOperation argument) =>
        argument.Parameter?.Name is "timeout" or "millisecondsTimeout"
        && argument.Value is { ConstantValue: { HasValue: true, Value: 0 } } or IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } };
}
