using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Orca.Tests.House;

/// <summary>Every type that a type uses: in its bases, signatures, attributes and method bodies.</summary>
internal static class TypeUses
{
    /// <summary>Gets pairs of the member that uses and the type that is used, generic arguments and elements taken apart.</summary>
    public static IEnumerable<(string User, TypeReference Used)> Of(TypeDefinition type)
    {
        foreach (var used in Declared(type).SelectMany(Parts))
        {
            yield return (type.FullName, used);
        }

        foreach (var field in type.Fields)
        {
            foreach (var used in Attributes(field).Append(field.FieldType).SelectMany(Parts))
            {
                yield return ($"{type.FullName}.{field.Name}", used);
            }
        }

        foreach (var method in type.Methods)
        {
            foreach (var used in Signature(method).Concat(Body(method)).SelectMany(Parts))
            {
                yield return ($"{type.FullName}.{method.Name}", used);
            }
        }
    }

    private static IEnumerable<TypeReference> Declared(TypeDefinition type) =>
        [
            .. type.BaseType is null ? [] : new[] { type.BaseType },
            .. type.Interfaces.Select(face => face.InterfaceType),
            .. type.GenericParameters.SelectMany(Constraints),
            .. type.Properties.SelectMany(Attributes),
            .. type.Events.SelectMany(Attributes),
            .. Attributes(type),
        ];

    private static IEnumerable<TypeReference> Signature(MethodDefinition method) =>
        [
            method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method.Parameters.SelectMany(Attributes),
            .. method.GenericParameters.SelectMany(Constraints),
            .. Attributes(method),
        ];

    private static IEnumerable<TypeReference> Body(MethodDefinition method) =>
        !method.HasBody ? [] :
        [
            .. method.Body.Variables.Select(variable => variable.VariableType),
            .. method.Body.ExceptionHandlers.Where(handler => handler.CatchType is not null).Select(handler => handler.CatchType),
            .. method.Body.Instructions.SelectMany(Operand),
        ];

    private static IEnumerable<TypeReference> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method =>
        [
            method.DeclaringType,
            method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ],
        _ => [],
    };

    private static IEnumerable<TypeReference> Constraints(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments
            .Concat(attribute.Properties.Select(property => property.Argument))
            .Select(argument => argument.Value)
            .OfType<TypeReference>()
            .Append(attribute.AttributeType));

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        IModifierType modified => Parts(modified.ElementType).Concat(Parts(modified.ModifierType)),
        FunctionPointerType pointer => Parts(pointer.ReturnType).Concat(pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
