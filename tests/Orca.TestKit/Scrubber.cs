using System.Text.RegularExpressions;

namespace Orca.TestKit;

/// <summary>Takes out of a text what differs from run to run: GUIDs become numbers, times become a word.</summary>
internal static partial class Scrubber
{
    public static string Scrub(string text)
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        text = Guids().Replace(text.ReplaceLineEndings("\n"), match =>
        {
            if (!numbers.TryGetValue(match.Value, out var number))
            {
                numbers.Add(match.Value, number = numbers.Count + 1);
            }

            return $"Guid_{number}";
        });
        return Times().Replace(text, "{time}");
    }

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")]
    private static partial Regex Guids();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?")]
    private static partial Regex Times();
}
