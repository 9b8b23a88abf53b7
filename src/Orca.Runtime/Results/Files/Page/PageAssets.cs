using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Orca.Results.Files.Page;

/// <summary>The style and the script that every page carries.</summary>
internal static class PageAssets
{
    private const string Prefix = "Orca.Page.";

    private static readonly Lazy<string> LazyStyle = new(() => Read("uPlot.min.css") + "\n" + Read("report.css"));

    // The chart library first, then the page's own parts in the order of their names.
    private static readonly Lazy<string> LazyScript = new(() =>
    {
        var parts = typeof(PageAssets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal) && !name.EndsWith(".min.js", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => Read(name[Prefix.Length..]));
        return $"/*\nuPlot 1.6.32\n{Read("uPlot.LICENSE.txt")}*/\n{Read("uPlot.iife.min.js")}\n(() => {{\n'use strict';\n{string.Join('\n', parts)}}})();\n";
    });

    public static string Style => LazyStyle.Value;

    public static string Script => LazyScript.Value;

    /// <summary>The script's hash as a content security policy names it: nothing else in the page may run.</summary>
    public static string ScriptHash => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"Orca.Runtime was built without the page's asset '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
