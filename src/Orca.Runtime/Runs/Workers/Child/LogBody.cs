using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers.Child;

/// <summary>A log event of the child, for the drone's log.</summary>
internal sealed record LogBody(string Category, LogLevel Level, int Id, string? Name, string Text);
