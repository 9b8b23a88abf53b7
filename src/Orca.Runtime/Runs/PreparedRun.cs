using System.Collections.Immutable;
using Orca.Packages;
using Orca.Plans;

namespace Orca.Runs;

/// <summary>A run that is ready to be announced: a valid plan and a locked package.</summary>
/// <param name="Plan">The plan, its seed drawn.</param>
/// <param name="Lock">The package and its closure.</param>
/// <param name="Warnings">What the report should tell.</param>
internal sealed record PreparedRun(RunPlan Plan, PackageLock Lock, ImmutableArray<string> Warnings);
