namespace Orca.Samples.Target;

/// <summary>Marks endpoints that steer the target: they are neither counted nor frozen.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UncountedAttribute : Attribute;
