using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orca.Hosting.Media;
using Orca.Swarm.Redis;
using StackExchange.Redis;

namespace Orca.Hosting;

/// <summary>Chooses what a swarm's members share; of several choices the last one counts.</summary>
public static class OrcaMediumExtensions
{
    /// <summary>Shares state over Redis.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">A builder of a leader, of drones, or of both.</param>
    /// <param name="configure">Options, over those of the configuration section <c>Orca:Redis</c>; validated when the host starts.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseRedis<TBuilder>(this TBuilder builder, Action<RedisOptions>? configure = null)
        where TBuilder : OrcaBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.All(service => service.ImplementationType != typeof(RedisOptionsRules)))
        {
            services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsRules>();
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.Replace(ServiceDescriptor.Singleton<ISwarmConnector, RedisConnector>());
        return builder;
    }

    /// <summary>Shares state over a Redis connection of the host's own; Orca never disposes it. Of the options database and tenant count.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">A builder of a leader, of drones, or of both.</param>
    /// <param name="connection">Gives the connection, from the host's services; called once.</param>
    /// <param name="configure">Options, over those of the configuration section <c>Orca:Redis</c>.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseRedis<TBuilder>(
        this TBuilder builder, Func<IServiceProvider, IConnectionMultiplexer> connection, Action<RedisOptions>? configure = null)
        where TBuilder : OrcaBuilder
    {
        ArgumentNullException.ThrowIfNull(connection);
        builder.UseRedis(configure);
        builder.Services.Replace(ServiceDescriptor.Singleton(services => new HostConnection(() => connection(services))));
        return builder;
    }

    /// <summary>Shares state in this process's memory: leader and drones of one host, without any server.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">A builder of a leader, of drones, or of both.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseInMemory<TBuilder>(this TBuilder builder)
        where TBuilder : OrcaBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<ISwarmConnector, InMemoryConnector>());
        return builder;
    }
}
