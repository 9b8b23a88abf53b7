namespace Orca.Tests.Hosting;

/// <summary>A service of the tests here.</summary>
public sealed record Greeting(string Text);
