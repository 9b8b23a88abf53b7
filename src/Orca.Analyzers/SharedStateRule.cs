using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orca.Analyzers;

/// <summary>A write to a field of the test, or a change of a plain collection in one, outside a lock.</summary>
internal sealed class SharedStateRule(Compilation compilation) : IIterationRule
{
    private static readonly string[] AtomicTypes = ["System.Threading.Interlocked", "System.Threading.Volatile", "System.Threading.LazyInitializer"];

    private readonly INamedTypeSymbol?[] _atomic = [.. AtomicTypes.Select(compilation.GetTypeByMetadataName)];

    public IterationScope Scope => IterationScope.UserHooks;

    public Diagnostic? Examine(IOperation operation, IMethodSymbol method)
    {
        var changed = operation switch
        {
            IAssignmentOperation assignment => Targets(assignment.Target).Select(target => Written(target, method)).FirstOrDefault(written => written is not null),
            IIncrementOrDecrementOperation increment => Written(increment.Target, method),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when !IsAtomic(argument) => Written(argument.Value, method),
            IInvocationOperation { Instance: { } collection } call when PlainCollections.Changes(call.TargetMethod) => Member(collection, method),
            _ => null,
        };
        return changed is null || IsLocked(operation)
            ? null
            : Diagnostic.Create(Rules.SharedState, operation.Syntax.GetLocation(), changed.Name);
    }

    private static IEnumerable<IOperation> Targets(IOperation target) =>
        target is ITupleOperation tuple ? tuple.Elements.SelectMany(Targets) : [target];

    /// <summary>The test's member that a write to this place changes, or null.</summary>
    private static ISymbol? Written(IOperation place, IMethodSymbol method) => place switch
    {
        IArrayElementReferenceOperation element => Member(element.ArrayReference, method),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } indexer when PlainCollections.Has(indexer.Property.ContainingType) => Member(collection, method),
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } part } => Written(part, method),
        IPropertyReferenceOperation { Instance: { Type.IsValueType: true } part } => Written(part, method),
        _ => Member(place, method),
    };

    private static ISymbol? Member(IOperation operation, IMethodSymbol method)
    {
        var (member, instance) = operation switch
        {
            IFieldReferenceOperation field when !IsPerThread(field.Field) => ((ISymbol?)field.Field, field.Instance),
            IPropertyReferenceOperation property when IsKept(property.Property) => (property.Property, property.Instance),
            _ => (null, null),
        };
        var own = member is { IsStatic: true } || instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
        return own && IsOfTest(member!, method.ContainingType) ? member : null;
    }

    private static bool IsOfTest(ISymbol member, INamedTypeSymbol test)
    {
        for (INamedTypeSymbol? type = test; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, type.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    // What a property does that keeps nothing itself is told of in its accessors.
    private static bool IsKept(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsPerThread(IFieldSymbol field) => field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute");

    private bool IsAtomic(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && _atomic.Contains(call.TargetMethod.ContainingType, SymbolEqualityComparer.Default);

    private static bool IsLocked(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is ILockOperation)
            {
                return true;
            }
        }

        return false;
    }
}
