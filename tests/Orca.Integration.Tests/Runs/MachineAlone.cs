namespace Orca.Tests.Runs;

/// <summary>The collection of tests whose outcome depends on times: nothing of this project runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MachineAlone
{
    public const string Name = "machine alone";
}
