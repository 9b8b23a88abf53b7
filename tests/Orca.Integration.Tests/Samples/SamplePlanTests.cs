using Orca.Plans;
using Orca.TestKit;

namespace Orca.Tests.Samples;

public sealed class SamplePlanTests
{
    [Fact]
    public void Read_ThePlanOfTheSamplePackage_HasNoProblem()
    {
        var file = Repository.PathOf("samples", "Orca.Samples.EchoTest", "orca.json");

        var outcome = PlanFile.Read([new PlanLayer(file, File.ReadAllText(file))], new PlanReading());

        Assert.True(outcome.TryGet(out var plan, out var problems), string.Join('\n', problems));
        Assert.Equal(["shop", "echo"], plan.Scenarios.Select(scenario => scenario.Name));
        Assert.Equal((3, TimeSpan.FromSeconds(20)), (plan.Quorum.Min, plan.Duration));
    }
}
