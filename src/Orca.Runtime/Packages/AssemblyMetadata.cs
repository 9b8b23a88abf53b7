using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orca.Packages;

/// <summary>One assembly's metadata, opened without loading it.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _file;
    private readonly Dictionary<string, TypeDefinitionHandle> _types = new(StringComparer.Ordinal);

    private AssemblyMetadata(PEReader file, MetadataReader reader)
    {
        (_file, Reader) = (file, reader);
        Name = reader.GetString(reader.GetAssemblyDefinition().Name);
        foreach (var handle in reader.TypeDefinitions)
        {
            _types.TryAdd(FullName(handle), handle);
        }
    }

    public MetadataReader Reader { get; }

    /// <summary>The assembly's simple name.</summary>
    public string Name { get; }

    public IEnumerable<TypeDefinitionHandle> Types => Reader.TypeDefinitions;

    /// <summary>Opens a file; null where it is no managed assembly. Damage throws <see cref="BadImageFormatException"/>.</summary>
    public static AssemblyMetadata? Open(string file)
    {
        var image = new PEReader(new MemoryStream(File.ReadAllBytes(file)));
        try
        {
            if (image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } reader)
            {
                return new AssemblyMetadata(image, reader);
            }
        }
        catch
        {
            image.Dispose();
            throw;
        }

        image.Dispose();
        return null;
    }

    public TypeDefinitionHandle Find(string fullName) => _types.GetValueOrDefault(fullName);

    public string FullName(TypeDefinitionHandle handle)
    {
        var type = Reader.GetTypeDefinition(handle);
        var name = Reader.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer)
        {
            return FullName(outer) + "+" + name;
        }

        return type.Namespace.IsNil ? name : Reader.GetString(type.Namespace) + "." + name;
    }

    /// <summary>Whether the type and all that it is nested in are public.</summary>
    public bool IsPublic(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsPublic(Reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    /// <summary>What a base type or interface refers to; null for what is no class or interface.</summary>
    public TypeName? Resolve(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return new TypeName(Name, FullName((TypeDefinitionHandle)handle));
            case HandleKind.TypeReference:
                return Resolve(Reader.GetTypeReference((TypeReferenceHandle)handle));
            case HandleKind.TypeSpecification:
                // A generic instantiation: GENERICINST, CLASS, then the type that is instantiated.
                var blob = Reader.GetBlobReader(Reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                return blob.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance && blob.ReadByte() is 0x11 or 0x12
                    ? Resolve(blob.ReadTypeHandle())
                    : null;
            default:
                return null;
        }
    }

    public IEnumerable<(string Name, Version Version)> References => Reader.AssemblyReferences
        .Select(handle => Reader.GetAssemblyReference(handle))
        .Select(reference => (Reader.GetString(reference.Name), reference.Version));

    public void Dispose() => _file.Dispose();

    private TypeName? Resolve(TypeReference type)
    {
        var name = Reader.GetString(type.Name);
        var full = type.Namespace.IsNil ? name : Reader.GetString(type.Namespace) + "." + name;
        return type.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference => new TypeName(Reader.GetString(Reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name), full),
            HandleKind.TypeReference => Resolve(type.ResolutionScope) is { } outer ? outer with { FullName = outer.FullName + "+" + name } : null,
            _ => new TypeName(Name, full),
        };
    }
}
