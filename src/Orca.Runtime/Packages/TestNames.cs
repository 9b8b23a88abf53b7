using System.Reflection.Metadata;
using System.Text;

namespace Orca.Packages;

/// <summary>Gives tests their names: the attribute's, else the type's in kebab case.</summary>
internal static class TestNames
{
    private const ushort Prolog = 1;

    /// <summary>The type's name in kebab case, less a trailing <c>LoadTest</c> or <c>Test</c>.</summary>
    public static string Kebab(string typeName)
    {
        var name = typeName;
        foreach (var suffix in (ReadOnlySpan<string>)["LoadTest", "Test"])
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal))
            {
                name = name[..^suffix.Length];
                break;
            }
        }

        var kebab = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (name[i] == '_' || startsWord)
            {
                if (kebab.Length > 0 && kebab[^1] != '-')
                {
                    kebab.Append('-');
                }

                if (name[i] == '_')
                {
                    continue;
                }
            }

            kebab.Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString().Trim('-');
    }

    /// <summary>The name and description that <c>[LoadTest]</c> gives, or nulls.</summary>
    public static (string? Name, string? Description) FromAttribute(AssemblyMetadata assembly, TypeDefinitionHandle handle)
    {
        var reader = assembly.Reader;
        foreach (var attribute in reader.GetTypeDefinition(handle).GetCustomAttributes().Select(reader.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind != HandleKind.MemberReference
                || assembly.Resolve(reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) is not { } type
                || type.FullName != typeof(LoadTestAttribute).FullName)
            {
                continue;
            }

            var blob = reader.GetBlobReader(attribute.Value);
            if (blob.ReadUInt16() != Prolog)
            {
                return default;
            }

            var name = blob.ReadSerializedString();
            string? description = null;
            for (var named = blob.ReadUInt16(); named > 0; named--)
            {
                // All of this attribute's named arguments are texts.
                blob.ReadByte();
                if (blob.ReadSerializationTypeCode() != SerializationTypeCode.String)
                {
                    break;
                }

                var member = blob.ReadSerializedString();
                var value = blob.ReadSerializedString();
                description = member == nameof(LoadTestAttribute.Description) ? value : description;
            }

            return (name, description);
        }

        return default;
    }
}
