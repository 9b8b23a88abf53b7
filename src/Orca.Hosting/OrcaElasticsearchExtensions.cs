using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orca.Results.Elasticsearch;

namespace Orca.Hosting;

/// <summary>Stores runs in Elasticsearch or OpenSearch.</summary>
public static class OrcaElasticsearchExtensions
{
    /// <summary>Stores every run in Elasticsearch, beside its report; whether that succeeds never changes a run or its exit code.</summary>
    /// <param name="builder">A builder of a leader.</param>
    /// <param name="configure">Options, over those of the configuration section <c>Orca:Elasticsearch</c>; validated when the host starts.</param>
    /// <returns>The builder.</returns>
    public static OrcaLeaderBuilder AddElasticsearch(this OrcaLeaderBuilder builder, Action<ElasticsearchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<ElasticsearchOptions>().BindConfiguration(ElasticsearchOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ElasticsearchOptions>, ElasticsearchOptionsRules>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder.AddSink<ElasticsearchSink>(static provider => new(
            provider.GetRequiredService<IOptions<ElasticsearchOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ElasticsearchSink>>()));
    }
}
