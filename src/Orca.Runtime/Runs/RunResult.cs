using System.Collections.Immutable;
using Orca.Results;

namespace Orca.Runs;

/// <summary>What a leader's run came to.</summary>
/// <param name="ExitCode">The exit code that a runner ends with.</param>
/// <param name="Report">The report, or null where the run never got so far as to have one.</param>
/// <param name="Problems">What stood in the way, or went wrong beside the run.</param>
internal sealed record RunResult(int ExitCode, RunReport? Report, ImmutableArray<Problem> Problems);
