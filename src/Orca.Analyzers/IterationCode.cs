using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orca.Analyzers;

/// <summary>The code of one load test: what each of its methods calls of its own, and what is wrong in it. Reports what users really come to run.</summary>
internal sealed class IterationCode(INamedTypeSymbol type, ContractTypes contract, IReadOnlyList<IIterationRule> rules)
{
    private readonly ConcurrentQueue<KeyValuePair<IMethodSymbol, IMethodSymbol>> _calls = new();
    private readonly ConcurrentQueue<(IMethodSymbol Method, IterationScope Scope, Diagnostic Diagnostic)> _found = new();

    public void Read(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol method || !IsOwn(method))
        {
            return;
        }

        foreach (var operation in context.OperationBlocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            foreach (var called in CalledBy(operation).Where(IsOwn))
            {
                _calls.Enqueue(new(method, called.OriginalDefinition));
            }

            foreach (var rule in rules)
            {
                if (rule.Examine(operation, method) is { } diagnostic)
                {
                    _found.Enqueue((method, rule.Scope, diagnostic));
                }
            }
        }
    }

    public void Report(SymbolAnalysisContext context)
    {
        var calls = _calls.ToLookup(call => call.Key, call => call.Value, SymbolEqualityComparer.Default);
        var run = Reached(method => contract.IsIteration(method), calls);
        var hooks = Reached(method => contract.IsUserHook(method), calls);
        foreach (var (method, scope, diagnostic) in _found)
        {
            if (scope == IterationScope.Everywhere || (scope == IterationScope.UserHooks ? hooks : run).Contains(method))
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
    }

    private HashSet<ISymbol> Reached(Func<IMethodSymbol, bool> from, ILookup<ISymbol?, IMethodSymbol> calls)
    {
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IMethodSymbol>(type.GetMembers().OfType<IMethodSymbol>().Where(from));
        while (open.Count > 0)
        {
            var method = open.Pop();
            if (reached.Add(method))
            {
                foreach (var called in calls[method])
                {
                    open.Push(called);
                }
            }
        }

        return reached;
    }

    private bool IsOwn(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType?.OriginalDefinition, type);

    private static IEnumerable<IMethodSymbol> CalledBy(IOperation operation) => operation switch
    {
        IInvocationOperation call => [call.TargetMethod],
        IMethodReferenceOperation reference => [reference.Method],
        IPropertyReferenceOperation reference => new[] { reference.Property.GetMethod, reference.Property.SetMethod }.OfType<IMethodSymbol>(),
        _ => [],
    };
}
