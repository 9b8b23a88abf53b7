using Microsoft.Extensions.Options;
using Orca.Swarm;
using Orca.Swarm.Redis;

namespace Orca.Hosting.Media;

/// <summary>Validates how Redis is to be reached, each option with the value that it has; a password is never shown.</summary>
internal sealed class RedisOptionsRules(IEnumerable<HostConnection> shared) : IValidateOptions<RedisOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var failures = new List<string>();
        if (!shared.Any())
        {
            ValidateEndpoints(options, failures);
        }

        if (options.Database < 0)
        {
            failures.Add($"Orca:Redis:Database is {options.Database}; it must be 0 or more.");
        }

        if (!SwarmNames.Of(options.Tenant ?? "", "default").TryGet(out _, out var unusable))
        {
            failures.Add($"Orca:Redis:Tenant is '{options.Tenant}'. {unusable[0].Advice}");
        }

        foreach (var (option, value) in (ReadOnlySpan<(string, TimeSpan)>)[(nameof(options.ConnectTimeout), options.ConnectTimeout), (nameof(options.Timeout), options.Timeout)])
        {
            if (value < Shortest || value > Longest)
            {
                failures.Add($"Orca:Redis:{option} is {value}; it must be 100 ms to 1 min.");
            }
        }

        if (!string.IsNullOrEmpty(options.User) && !RedisConfiguration.KnowsUsers)
        {
            failures.Add($"Orca:Redis:User is '{options.User}', but ACL users need StackExchange.Redis 2 or newer: leave it out, or build with a newer one.");
        }

        if (!options.Tls && (!string.IsNullOrWhiteSpace(options.TlsAuthority) || !string.IsNullOrWhiteSpace(options.TlsHost)))
        {
            failures.Add("Orca:Redis:TlsAuthority and TlsHost are for TLS: set Orca:Redis:Tls to true, or leave them out.");
        }

        if (!string.IsNullOrWhiteSpace(options.TlsAuthority) && !File.Exists(options.TlsAuthority))
        {
            failures.Add($"Orca:Redis:TlsAuthority is '{options.TlsAuthority}', where there is no file: name a PEM file with the authorities to trust.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static void ValidateEndpoints(RedisOptions options, List<string> failures)
    {
        if (options.Endpoints.Count == 0)
        {
            failures.Add("Orca:Redis:Endpoints is empty: name at least one server, such as localhost:6379.");
        }

        foreach (var endpoint in options.Endpoints)
        {
            if (!RedisEndpoint.TryParse(endpoint, out _))
            {
                failures.Add($"Orca:Redis:Endpoints has '{endpoint}'; write host:port, such as localhost:6379.");
            }
        }
    }
}
