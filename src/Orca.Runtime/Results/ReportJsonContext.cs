using System.Text.Json.Serialization;

namespace Orca.Results;

/// <summary>How reports are written as JSON: <c>orca.report/1</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    WriteIndented = true,
    NewLine = "\n",
    Converters =
    [
        typeof(MillisecondsConverter),
        typeof(CamelCaseConverter<Verdict>),
        typeof(CamelCaseConverter<InvalidCause>),
        typeof(CamelCaseConverter<RunEventKind>),
    ])]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RunInterval))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(string))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
