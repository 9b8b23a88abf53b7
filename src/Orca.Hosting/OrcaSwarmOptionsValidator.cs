using Microsoft.Extensions.Options;

namespace Orca.Hosting;

/// <summary>Validates each option by its attributes.</summary>
[OptionsValidator]
internal sealed partial class OrcaSwarmOptionsValidator : IValidateOptions<OrcaSwarmOptions>;
