namespace Orca.Packages;

/// <summary>Carries a feed's problem through NuGet's own code, which knows exceptions only; never leaves this folder.</summary>
internal sealed class PackageFeedException(Problem problem) : Exception(problem.ToString())
{
    public Problem Problem { get; } = problem;
}
