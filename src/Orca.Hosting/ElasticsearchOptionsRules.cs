using Microsoft.Extensions.Options;
using Orca.Results.Elasticsearch;

namespace Orca.Hosting;

/// <summary>Validates the options of storing in Elasticsearch when the host starts.</summary>
internal sealed class ElasticsearchOptionsRules : IValidateOptions<ElasticsearchOptions>
{
    public ValidateOptionsResult Validate(string? name, ElasticsearchOptions options) =>
        ElasticsearchRules.ProblemsOf(options) is { Count: > 0 } problems
            ? ValidateOptionsResult.Fail(problems.Select(problem => problem.ToString()))
            : ValidateOptionsResult.Success;
}
