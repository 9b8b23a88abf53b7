namespace Orca.Packages;

/// <summary>A test inside a package.</summary>
/// <param name="Name">The name that plans use.</param>
/// <param name="TypeName">The full name of its class.</param>
/// <param name="Assembly">The simple name of the assembly that holds it.</param>
/// <param name="Description">What it does, or null.</param>
internal sealed record TestDescription(string Name, string TypeName, string Assembly, string? Description);
