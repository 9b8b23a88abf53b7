using Orca.Tool.Commands;

namespace Orca.Tests.Tool;

/// <summary>The <c>orca</c> command in this process, which starts fifty times as fast; the tests of this assembly run one after the other.</summary>
internal static class OrcaHere
{
    public static async Task<OrcaProcess> RunAsync(string folder, params string[] arguments)
    {
        var (here, output, error) = (Environment.CurrentDirectory, Console.Out, Console.Error);
        using var written = new StringWriter();
        using var told = new StringWriter();
        try
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(written);
            Console.SetError(told);
            var exitCode = await OrcaCommand.InvokeAsync(arguments, TestContext.Current.CancellationToken);
            return new(exitCode, written.ToString(), told.ToString());
        }
        finally
        {
            Environment.CurrentDirectory = here;
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
