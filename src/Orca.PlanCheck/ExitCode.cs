namespace Orca.PlanCheck;

/// <summary>How the check ends.</summary>
internal static class ExitCode
{
    public const int Good = 0;

    public const int Faulty = 1;

    public const int Usage = 2;
}
