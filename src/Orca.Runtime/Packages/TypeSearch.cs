using System.Reflection;
using System.Reflection.Metadata;

namespace Orca.Packages;

/// <summary>Finds, by metadata only, the classes of a package that implement an interface of the contract.</summary>
internal sealed class TypeSearch : IDisposable
{
    private const int DeepestHierarchy = 64;

    private readonly Dictionary<string, AssemblyMetadata?> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, string> _files;
    private readonly List<AssemblyMetadata> _own = [];

    public TypeSearch(InstalledPackage package)
    {
        var assemblies = package.Assets.Where(asset => asset.Asset.Kind == AssetKind.Assembly).ToList();
        _files = assemblies.ToLookup(asset => Path.GetFileNameWithoutExtension(asset.File), asset => asset.File, StringComparer.OrdinalIgnoreCase);
        foreach (var asset in assemblies.Where(asset => asset.Package == package.Lock.Root))
        {
            if (Open(Path.GetFileNameWithoutExtension(asset.File)) is { } assembly)
            {
                _own.Add(assembly);
            }
        }
    }

    /// <summary>The root package's own assemblies.</summary>
    public IReadOnlyList<AssemblyMetadata> Own => _own;

    /// <summary>All classes of the root package that implement the interface, instantiable or not.</summary>
    public IEnumerable<(AssemblyMetadata Assembly, TypeDefinitionHandle Type)> Implementers(Type contract) =>
        from assembly in _own
        from handle in assembly.Types
        where (assembly.Reader.GetTypeDefinition(handle).Attributes & TypeAttributes.Interface) == 0
            && Implements(assembly, handle, contract, 0)
        select (assembly, handle);

    /// <summary>Whether it can be constructed by its name: public, concrete, not generic.</summary>
    public static bool IsInstantiable(AssemblyMetadata assembly, TypeDefinitionHandle handle)
    {
        var type = assembly.Reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.Abstract) == 0 && type.GetGenericParameters().Count == 0 && assembly.IsPublic(type);
    }

    public void Dispose()
    {
        foreach (var assembly in _open.Values)
        {
            assembly?.Dispose();
        }
    }

    private bool Implements(AssemblyMetadata assembly, TypeDefinitionHandle handle, Type contract, int depth)
    {
        var type = assembly.Reader.GetTypeDefinition(handle);
        return depth < DeepestHierarchy
            && (type.GetInterfaceImplementations().Any(i => Leads(assembly.Resolve(assembly.Reader.GetInterfaceImplementation(i).Interface)))
                || (!type.BaseType.IsNil && Leads(assembly.Resolve(type.BaseType))));

        bool Leads(TypeName? name) => name is { } there && (
            string.Equals(there.Assembly, SharedAssemblies.ContractName, StringComparison.OrdinalIgnoreCase)
                ? contract.Assembly.GetType(there.FullName) is { } known && known.IsAssignableTo(contract)
                : Open(there.Assembly) is { } other && other.Find(there.FullName) is { IsNil: false } found && Implements(other, found, contract, depth + 1));
    }

    private AssemblyMetadata? Open(string name)
    {
        if (!_open.TryGetValue(name, out var assembly))
        {
            assembly = _files[name].Select(AssemblyMetadata.Open).FirstOrDefault(opened => opened is not null);
            _open[name] = assembly;
        }

        return assembly;
    }
}
