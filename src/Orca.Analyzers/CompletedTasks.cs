using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orca.Analyzers;

/// <summary>Knows tasks that have ended already: their result is there, and taking it blocks nobody.</summary>
internal static class CompletedTasks
{
    /// <summary>Whether code above has awaited the task, alone or with others, or asked whether it has completed.</summary>
    public static bool Knows(IOperation task)
    {
        task = Unwrapped(task);
        if (task is IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } })
        {
            return true;
        }

        if (VariableOf(task) is not { } variable)
        {
            return false;
        }

        var root = task;
        while (root.Parent is { } above)
        {
            root = above;
        }

        return root.Descendants().Any(other =>
            other.Syntax.SpanStart < task.Syntax.SpanStart && Ends(other) && Mentions(other, variable));
    }

    private static bool Ends(IOperation operation) => operation
        is IAwaitOperation
        or IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" };

    // What the awaited expression names itself, or hands to Task.WhenAll: not what a step's lambda does.
    private static bool Mentions(IOperation operation, ISymbol variable)
    {
        if (operation is IAnonymousFunctionOperation)
        {
            return false;
        }

        return SymbolEqualityComparer.Default.Equals(VariableOf(operation), variable) || operation.ChildOperations.Any(child => Mentions(child, variable));
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation.ChildOperations.First();
        }

        return operation;
    }
}
