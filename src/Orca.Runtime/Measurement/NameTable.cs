using System.Text;

namespace Orca.Measurement;

/// <summary>Numbers the names of one kind in a scenario in the order in which they come; past the cap all share one number.</summary>
/// <remarks>Safe from any thread; a known name is found without a lock.</remarks>
internal sealed class NameTable
{
    public const int Cap = 1_000;

    /// <summary>The number of all names past the cap.</summary>
    public const int Other = Cap;

    public const string OtherName = "(other)";

    /// <summary>Characters of a name that count.</summary>
    public const int MostCharacters = 200;

    private readonly Lock _lock = new();

    // Never changed once it is here, only replaced.
    private volatile Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _names = [];

    public int NumberOf(string name) => _numbers.TryGetValue(name, out var number) ? number : Add(name);

    public string NameOf(int number) => number == Other ? OtherName : _names[number];

    private int Add(string given)
    {
        var name = Normalize(given);
        lock (_lock)
        {
            if (_numbers.TryGetValue(name, out var known))
            {
                return known;
            }

            if (_names.Length == Cap)
            {
                return Other;
            }

            // Names first: a number that can be seen has its name.
            _names = [.. _names, name];
            _numbers = new(_numbers, StringComparer.Ordinal) { [name] = _names.Length - 1 };
            return _names.Length - 1;
        }
    }

    /// <summary>The name as it is kept: of bounded length, and whole in UTF-8, so that it survives the wire unchanged.</summary>
    private static string Normalize(string name)
    {
        var kept = name.Length <= MostCharacters ? name : name[..MostCharacters];
        return WellFormed(kept);
    }

    /// <summary>The text with what is no Unicode replaced.</summary>
    public static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
