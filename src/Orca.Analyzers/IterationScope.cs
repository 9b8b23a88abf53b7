namespace Orca.Analyzers;

/// <summary>Which methods of a load test a rule looks at.</summary>
internal enum IterationScope
{
    /// <summary>All of them.</summary>
    Everywhere,

    /// <summary>Those that users run side by side, and what these call.</summary>
    UserHooks,

    /// <summary><c>RunAsync</c> and what it calls.</summary>
    Iterations,
}
