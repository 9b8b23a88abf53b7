using Microsoft.CodeAnalysis;

namespace Orca.Analyzers;

/// <summary>What is reported; <c>docs/analyzers.md</c> tells the same at length.</summary>
internal static class Rules
{
    private const string Category = "LoadTest";

    public static readonly DiagnosticDescriptor BlockingCall = Rule(
        "ORCA001",
        "An iteration blocks a thread",
        "'{0}' blocks a thread that other virtual users need; await its asynchronous form");

    public static readonly DiagnosticDescriptor ClientPerIteration = Rule(
        "ORCA002",
        "An iteration makes an HTTP client of its own",
        "'new {0}' in an iteration opens new connections each time and is not measured; use user.Http, with \"connections\": \"perIteration\" in the plan where each iteration shall connect anew");

    public static readonly DiagnosticDescriptor TokenNotPassed = Rule(
        "ORCA003",
        "A cancellation token is not passed on",
        "'{0}' is not given the token '{1}': it goes on when the run has ended, and the iteration counts as interrupted");

    public static readonly DiagnosticDescriptor SharedState = Rule(
        "ORCA004",
        "An iteration changes what all users share",
        "'{0}' is shared by all users of the scenario, who change it at the same time; keep what belongs to one user in user.State or LoadTest<TState>, and count with user.Count");

    public static readonly DiagnosticDescriptor StepNotAwaited = Rule(
        "ORCA005",
        "A step is not awaited",
        "'{0}' is not awaited: the iteration goes on, and may end, before it has, and its failure is lost");

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
