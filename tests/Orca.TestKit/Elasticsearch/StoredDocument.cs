using System.Text.Json;

namespace Orca.TestKit.Elasticsearch;

/// <summary>A document that the stand-in holds.</summary>
/// <param name="Index">The index or stream that it was sent to.</param>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Source">Its source.</param>
internal sealed record StoredDocument(string Index, string Id, long Version, JsonElement Source);
