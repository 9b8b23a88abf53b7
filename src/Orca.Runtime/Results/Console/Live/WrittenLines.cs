using System.Text.RegularExpressions;

namespace Orca.Results.Console.Live;

/// <summary>Makes notes of what others write to the console meanwhile: of a log's entry its message, without colours, category and stack trace.</summary>
internal sealed partial class WrittenLines
{
    private bool _entry;
    private bool _grave;

    /// <summary>The note that a line is worth; null where it only belongs to one before or after it.</summary>
    public LiveNote? Read(string line)
    {
        line = Escapes().Replace(line, "");
        if (EntryStart().Match(line) is { Success: true } start)
        {
            // The usual formatter has the message on the next lines; the one for single lines has it on this one.
            (_entry, _grave) = (true, start.Groups["level"].Value is "warn" or "fail" or "crit");
            var message = start.Groups["message"].Value.Trim();
            return message.Length == 0 ? null : new(null, message, _grave);
        }

        if (_entry && line.StartsWith("      ", StringComparison.Ordinal))
        {
            return StackTrace().IsMatch(line) ? null : new(null, line.Trim(), _grave);
        }

        (_entry, _grave) = (false, false);
        return string.IsNullOrWhiteSpace(line) ? null : new(null, line, Grave: false);
    }

    [GeneratedRegex(@"\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07)")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"^(\S{1,32} )?(?<level>trce|dbug|info|warn|fail|crit): \S+\[\d+\](?<message>.*)$")]
    private static partial Regex EntryStart();

    [GeneratedRegex(@"^\s+(at \S|---\s)")]
    private static partial Regex StackTrace();
}
