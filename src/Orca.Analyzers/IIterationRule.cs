using Microsoft.CodeAnalysis;

namespace Orca.Analyzers;

/// <summary>Looks at one operation of a load test's code.</summary>
internal interface IIterationRule
{
    /// <summary>Gets which of the test's methods the rule looks at.</summary>
    IterationScope Scope { get; }

    /// <summary>What is wrong with an operation, or null.</summary>
    Diagnostic? Examine(IOperation operation, IMethodSymbol method);
}
