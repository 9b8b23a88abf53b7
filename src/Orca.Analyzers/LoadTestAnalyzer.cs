using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orca.Analyzers;

/// <summary>Reports what in a load test's own code spoils what it measures.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoadTestAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.BlockingCall, Rules.ClientPerIteration, Rules.TokenNotPassed, Rules.SharedState];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ContractTypes.In(start.Compilation) is not { } contract)
            {
                return;
            }

            IIterationRule[] rules =
            [
                new BlockingCallRule(start.Compilation),
                new ClientPerIterationRule(start.Compilation),
                new TokenNotPassedRule(start.Compilation),
                new SharedStateRule(start.Compilation),
            ];
            start.RegisterSymbolStartAction(
                symbol =>
                {
                    if (symbol.Symbol is INamedTypeSymbol type && contract.IsLoadTest(type))
                    {
                        var code = new IterationCode(type, contract, rules);
                        symbol.RegisterOperationBlockAction(code.Read);
                        symbol.RegisterSymbolEndAction(code.Report);
                    }
                },
                SymbolKind.NamedType);
        });
    }
}
