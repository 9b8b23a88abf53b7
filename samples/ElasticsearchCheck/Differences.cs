using System.Globalization;

namespace Orca.Samples.ElasticsearchCheck;

/// <summary>What was compared, and what differed.</summary>
internal sealed class Differences
{
    private readonly List<string> _found = [];
    private int _compared;

    public bool Any => _found.Count > 0;

    public string Text => Any
        ? $"{_found.Count} of {_compared} comparisons differ:\n{string.Join('\n', _found)}"
        : $"All {_compared} comparisons agree.";

    public void Equal(string what, decimal expected, decimal actual) =>
        Note(expected == actual, string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected}, found {actual}"));

    /// <summary>Compares with a tolerance, as a share.</summary>
    public void Near(string what, double expected, double actual, double tolerance) => Note(
        Math.Abs(actual - expected) <= tolerance * Math.Abs(expected),
        string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:0.###} within {tolerance:0.#%}, found {actual:0.###}"));

    public void Add(string difference) => Note(false, difference);

    private void Note(bool holds, string otherwise)
    {
        _compared++;
        if (!holds)
        {
            _found.Add(otherwise);
        }
    }
}
