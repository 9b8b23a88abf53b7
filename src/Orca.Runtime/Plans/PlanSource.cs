using System.Globalization;

namespace Orca.Plans;

/// <summary>The layer and line that a value was written on.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Order">Its place among the layers; a later one is laid over an earlier one.</param>
/// <param name="Line">The line, from 1; 0 where the layer has but one.</param>
internal sealed record PlanSource(string Layer, int Order, int Line)
{
    public override string ToString() =>
        Line == 0 ? Layer : string.Create(CultureInfo.InvariantCulture, $"{Layer}, line {Line}");
}
