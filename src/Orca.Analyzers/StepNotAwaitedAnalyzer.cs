using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orca.Analyzers;

/// <summary>Reports steps and pauses that nobody waits for, wherever they are started.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepNotAwaitedAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.StepNotAwaited];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ContractTypes.In(start.Compilation) is { } contract)
            {
                start.RegisterOperationAction(operation => Examine(operation, contract), OperationKind.Invocation);
            }
        });
    }

    private static void Examine(OperationAnalysisContext context, ContractTypes contract)
    {
        var call = (IInvocationOperation)context.Operation;
        if (contract.IsStep(call.TargetMethod) && IsDropped(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.StepNotAwaited, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }

    private static bool IsDropped(IOperation value)
    {
        var parent = value.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation
            || (parent is IInvocationOperation { TargetMethod.Name: "AsTask" or "Preserve" or "ConfigureAwait" } wrapping && wrapping.Instance == value))
        {
            (value, parent) = (parent, parent.Parent);
        }

        return parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared } => !IsUsed(declared),
            _ => false,
        };
    }

    private static bool IsUsed(IVariableDeclaratorOperation declared)
    {
        IOperation root = declared;
        while (root.Parent is { } above)
        {
            root = above;
        }

        return root.Descendants().Any(other =>
            other is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, declared.Symbol));
    }
}
