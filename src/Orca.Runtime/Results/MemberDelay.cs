using Orca.Measurement;

namespace Orca.Results;

/// <summary>How long one member's work has waited for its thread pool.</summary>
internal sealed record MemberDelay(MemberKey Member, Histogram Delay);
