namespace Orca;

/// <summary>Names a load test. Without it the name is the type's, kebab-cased, less a trailing <c>LoadTest</c> or <c>Test</c>.</summary>
/// <param name="name">The name that plans use, for example <c>checkout</c>; unique in its package.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LoadTestAttribute(string name) : Attribute
{
    /// <summary>Gets the name that plans use.</summary>
    public string Name { get; } = name;

    /// <summary>Gets or sets what the test does, in one sentence; shown by listings. Default: none.</summary>
    public string? Description { get; set; }
}
