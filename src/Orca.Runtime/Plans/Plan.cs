namespace Orca.Plans;

/// <summary>Builds plans in code, by the rules of the plan file.</summary>
public static class Plan
{
    /// <summary>Builds a plan.</summary>
    /// <param name="name">The plan's name.</param>
    /// <param name="describe">Says what the plan holds; at least one scenario.</param>
    /// <returns>The plan, or everything that is wrong with it.</returns>
    public static Outcome<RunPlan> Build(string name, Action<RunPlanBuilder> describe)
    {
        var builder = new RunPlanBuilder(name);
        describe(builder);
        return builder.Build();
    }
}
