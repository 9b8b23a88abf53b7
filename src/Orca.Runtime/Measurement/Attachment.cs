namespace Orca.Measurement;

/// <summary>A result of the test author's own.</summary>
internal sealed record Attachment(string Scenario, string Name, string Json);
