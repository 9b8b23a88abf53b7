using System.Collections.Immutable;
using Orca.Results;

namespace Orca.Hosting;

/// <summary>What a run came to.</summary>
/// <param name="ExitCode">The exit code that a runner ends with, see <see cref="Orca.ExitCode"/>.</param>
/// <param name="Report">The report, or <see langword="null"/> where bad input kept the run from starting.</param>
/// <param name="Problems">What stood in the way, or went wrong beside the run; empty where all is well.</param>
public sealed record OrcaRunResult(int ExitCode, RunReport? Report, ImmutableArray<Problem> Problems);
