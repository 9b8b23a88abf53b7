using Orca.Tool.Commands;

namespace Orca.Tool;

/// <summary>The <c>orca</c> command.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => OrcaCommand.InvokeAsync(args, CancellationToken.None);
}
