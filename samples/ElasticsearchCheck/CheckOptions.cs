using System.CommandLine;
using Orca.Results.Elasticsearch;

namespace Orca.Samples.ElasticsearchCheck;

/// <summary>What the command line asks for.</summary>
internal sealed record CheckOptions(ElasticsearchOptions Store, string Length)
{
    /// <summary>The namespace of the streams that the check writes to.</summary>
    public const string Namespace = "orca-check";

    public void CopyTo(ElasticsearchOptions other)
    {
        (other.Url, other.ApiKey, other.UserName, other.Password) = (Store.Url, Store.ApiKey, Store.UserName, Store.Password);
        (other.CaFile, other.Fingerprint, other.Namespace, other.Spool) = (Store.CaFile, Store.Fingerprint, Store.Namespace, Store.Spool);
    }

    public static CheckOptions? Parse(string[] args, out int exitCode)
    {
        var url = new Option<string>("--url") { Description = "Elasticsearch's address; several nodes are separated by commas.", Required = true };
        var key = new Option<string?>("--api-key") { Description = "An API key, as Kibana shows it or as id:key." };
        var user = new Option<string?>("--user") { Description = "A user name, with --password." };
        var password = new Option<string?>("--password") { Description = "The user's password." };
        var ca = new Option<string?>("--ca") { Description = "A PEM file with the certificate authorities to trust." };
        var fingerprint = new Option<string?>("--fingerprint") { Description = "The SHA-256 fingerprint of a certificate in the server's chain." };
        var kibana = new Option<string?>("--kibana") { Description = "Kibana's address; without it dashboards are not checked." };
        var space = new Option<string?>("--space") { Description = "The Kibana space to import into." };
        var length = new Option<string>("--for") { Description = "How long the load lasts.", DefaultValueFactory = _ => "15s" };
        var command = new RootCommand("Stores a run in a real Elasticsearch and holds what is there then against the run's report; ends with what differed.");
        foreach (var option in (Option[])[url, key, user, password, ca, fingerprint, kibana, space, length])
        {
            command.Options.Add(option);
        }

        CheckOptions? options = null;
        command.SetAction(parsed => options = new(
            new ElasticsearchOptions
            {
                Url = parsed.GetValue(url)!,
                ApiKey = parsed.GetValue(key),
                UserName = parsed.GetValue(user),
                Password = parsed.GetValue(password),
                CaFile = parsed.GetValue(ca),
                Fingerprint = parsed.GetValue(fingerprint),
                Kibana = parsed.GetValue(kibana),
                KibanaSpace = parsed.GetValue(space),
                Namespace = Namespace,
                Spool = Path.Combine(Orca.Samples.QuickStart.Repository.Root, "artifacts", "elasticsearch-check"),
            },
            parsed.GetValue(length)!));
        var parse = command.Parse(args);
        exitCode = parse.Errors.Count > 0 ? ExitCode.BadInput : 0;
        parse.Invoke();
        return options;
    }
}
