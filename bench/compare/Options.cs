using System.Globalization;

namespace Orca.Compare;

/// <summary>Options of a command line: <c>--name value</c>.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public static Options Parse(ReadOnlySpan<string> args)
    {
        var options = new Options();
        for (; args.Length > 0; args = args[2..])
        {
            if (args is not [['-', '-', .. var name], var value, ..])
            {
                throw new ArgumentException($"{args[0]}: not an option with a value. {Comparison.Usage}");
            }

            options._values[name] = value;
        }

        return options;
    }

    public string Text(string name, string usual = "") => _values.GetValueOrDefault(name, usual);

    public int Number(string name, int usual) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    public double Real(string name, double usual) =>
        _values.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : usual;

    public TimeSpan Seconds(string name, double usual) => TimeSpan.FromSeconds(Real(name, usual));
}
