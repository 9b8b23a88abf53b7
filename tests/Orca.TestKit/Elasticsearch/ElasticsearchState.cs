using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orca.TestKit.Elasticsearch;

/// <summary>What the stand-in holds: templates, streams with their backing indices, indices, documents. One lock.</summary>
internal sealed class ElasticsearchState(bool isOpenSearch)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _components = [];
    private readonly Dictionary<string, JsonObject> _templates = [];
    private readonly Dictionary<string, List<Dictionary<string, StoredDocument>>> _indices = [];
    private readonly HashSet<string> _streams = [];
    private readonly HashSet<string> _unmapped = [];

    /// <summary>Every document, in no order; one that is on two backing indices comes twice.</summary>
    public IReadOnlyList<StoredDocument> Documents
    {
        get
        {
            lock (_lock)
            {
                return [.. _indices.Values.SelectMany(backing => backing).SelectMany(documents => documents.Values)];
            }
        }
    }

    /// <summary>Fields that came in documents and are in no mapping.</summary>
    public IReadOnlyList<string> Unmapped
    {
        get
        {
            lock (_lock)
            {
                return [.. _unmapped.Order(StringComparer.Ordinal)];
            }
        }
    }

    public IReadOnlyList<string> Streams
    {
        get
        {
            lock (_lock)
            {
                return [.. _streams.Order(StringComparer.Ordinal)];
            }
        }
    }

    public void PutComponent(string name, JsonObject body)
    {
        lock (_lock)
        {
            _components[name] = body["template"]?.AsObject() ?? throw Illegal("[template] is required");
        }
    }

    public void PutTemplate(string name, JsonObject body)
    {
        lock (_lock)
        {
            var ignored = Names(body["ignore_missing_component_templates"]);
            if (isOpenSearch && (ignored.Count > 0 || body["template"]?["lifecycle"] is not null))
            {
                throw new ElasticsearchError(400, "x_content_parse_exception", "[index_template] unknown field");
            }

            if (Names(body["composed_of"]).Find(component => !_components.ContainsKey(component) && !ignored.Contains(component)) is { } missing)
            {
                throw Illegal($"index template [{name}] specifies component templates [{missing}] that do not exist");
            }

            if (isOpenSearch && body.ToJsonString().Contains("\"histogram\"}", StringComparison.Ordinal))
            {
                throw new ElasticsearchError(400, "mapper_parsing_exception", "No handler for type [histogram] declared on field [histogram]");
            }

            _templates[name] = body["index_patterns"] is JsonArray ? body : throw Illegal("[index_patterns] is required");
        }
    }

    public JsonObject? Template(string name)
    {
        lock (_lock)
        {
            return _templates.GetValueOrDefault(name)?.DeepClone().AsObject();
        }
    }

    public JsonObject Simulate(string index)
    {
        lock (_lock)
        {
            return new() { ["template"] = ResolvedLocked(index)?.DeepClone() ?? new JsonObject() };
        }
    }

    public void MakeStream(string name)
    {
        lock (_lock)
        {
            if (_indices.ContainsKey(name))
            {
                throw new ElasticsearchError(400, "resource_already_exists_exception", $"data_stream [{name}] already exists");
            }

            if (TemplateOfLocked(name)?["data_stream"] is null)
            {
                throw Illegal($"no matching index template found for data stream [{name}]");
            }

            _streams.Add(name);
            _indices[name] = [[]];
        }
    }

    public void MakeIndex(string name)
    {
        lock (_lock)
        {
            if (_indices.ContainsKey(name))
            {
                throw new ElasticsearchError(400, "resource_already_exists_exception", $"index [{name}] already exists");
            }

            _indices[name] = [[]];
        }
    }

    public bool HasStream(string name)
    {
        lock (_lock)
        {
            return _streams.Contains(name);
        }
    }

    /// <summary>Begins a new backing index: from here on ids that are on the others are free again.</summary>
    public void RollOver(string stream)
    {
        lock (_lock)
        {
            (_streams.Contains(stream) ? _indices[stream] : throw Missing(stream)).Add([]);
        }
    }

    /// <summary>Carries out one action of a bulk request; the status that it ends with.</summary>
    public int Write(string index, string operation, JsonElement action, JsonElement source, bool requiresStream)
    {
        lock (_lock)
        {
            var template = TemplateOfLocked(index);
            if (!_indices.ContainsKey(index))
            {
                var makesStream = template?["data_stream"] is not null;
                if (requiresStream && !makesStream)
                {
                    throw new ElasticsearchError(404, "index_not_found_exception", $"no such index [{index}] and [require_data_stream] request flag is [true]");
                }

                _indices[index] = [[]];
                if (makesStream)
                {
                    _streams.Add(index);
                }
            }

            var isStream = _streams.Contains(index);
            if (isStream && operation != "create")
            {
                throw Illegal($"only write ops with an op_type of create are allowed in data streams");
            }

            if (isStream && !source.TryGetProperty("@timestamp", out _))
            {
                throw new ElasticsearchError(400, "document_parsing_exception", "data stream timestamp field [@timestamp] is missing");
            }

            if (ResolvedLocked(index)?["mappings"] is JsonObject mapping)
            {
                var check = new MappingCheck(mapping);
                check.Check(source);
                _unmapped.UnionWith(check.Unmapped);
            }

            return WriteLocked(index, operation, action, source);
        }
    }

    /// <summary>The documents of all indices and streams that a pattern matches.</summary>
    public IReadOnlyList<StoredDocument> Search(string pattern)
    {
        lock (_lock)
        {
            var names = _indices.Keys.Where(name => Matches(pattern, name)).ToList();
            if (names.Count == 0 && !pattern.Contains('*'))
            {
                throw Missing(pattern);
            }

            return [.. names.SelectMany(name => _indices[name]).SelectMany(documents => documents.Values)];
        }
    }

    private int WriteLocked(string index, string operation, JsonElement action, JsonElement source)
    {
        var documents = _indices[index][^1];
        var id = action.TryGetProperty("_id", out var given) ? given.GetString()! : Guid.NewGuid().ToString("n");
        if (System.Text.Encoding.UTF8.GetByteCount(id) > 512)
        {
            throw Illegal($"id [{id}] is too long, must be no longer than 512 bytes");
        }

        var there = documents.GetValueOrDefault(id);
        var version = (there?.Version ?? 0) + 1;
        if (operation == "create" && there is not null)
        {
            throw Conflict(id, "document already exists");
        }

        if (action.TryGetProperty("version_type", out var versioning) && versioning.GetString() == "external")
        {
            version = action.GetProperty("version").GetInt64();
            if (there is not null && version <= there.Version)
            {
                throw Conflict(id, string.Create(CultureInfo.InvariantCulture, $"current version [{there.Version}] is higher or equal to the one provided [{version}]"));
            }
        }

        documents[id] = new(index, id, version, source.Clone());
        return there is null ? 201 : 200;
    }

    private JsonObject? TemplateOfLocked(string index) => _templates.Values
        .Where(template => Names(template["index_patterns"]).Exists(pattern => Matches(pattern, index)))
        .MaxBy(template => template["priority"]?.GetValue<int>() ?? 0);

    /// <summary>Component templates in their order, the index template's own part over them.</summary>
    private JsonObject? ResolvedLocked(string index)
    {
        if (TemplateOfLocked(index) is not { } template)
        {
            return null;
        }

        var resolved = new JsonObject();
        foreach (var part in Names(template["composed_of"]).Select(component => _components.GetValueOrDefault(component)).Append(template["template"]?.AsObject()))
        {
            foreach (var (name, value) in part ?? [])
            {
                resolved[name] = value?.DeepClone();
            }
        }

        return resolved;
    }

    private static List<string> Names(JsonNode? array) => [.. array?.AsArray().Select(name => name!.GetValue<string>()) ?? []];

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : pattern == name;

    private static ElasticsearchError Illegal(string reason) => new(400, "illegal_argument_exception", reason);

    private static ElasticsearchError Missing(string index) => new(404, "index_not_found_exception", $"no such index [{index}]");

    private static ElasticsearchError Conflict(string id, string why) => new(409, "version_conflict_engine_exception", $"[{id}]: version conflict, {why}");
}
