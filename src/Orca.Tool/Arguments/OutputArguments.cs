using System.CommandLine;

namespace Orca.Tool.Arguments;

/// <summary>How much is said, and in which form.</summary>
internal sealed class OutputArguments
{
    public const string JsonName = "--json";

    private readonly Option<bool> _json = new(JsonName) { Description = "Write JSON to standard output, and nothing else; all that is for people goes to standard error." };

    public void AddTo(Command command) => command.Options.Add(_json);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);
}
