using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Orca.Samples.EchoTest;

/// <summary>How the shop's JSON is read and written: times are NodaTime's.</summary>
public sealed class ShopJson
{
    private readonly ShopJsonContext _context =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web).ConfigureForNodaTime(DateTimeZoneProviders.Tzdb));

    public JsonTypeInfo<SearchAnswer> SearchAnswer => _context.SearchAnswer;

    public JsonTypeInfo<BasketLine> BasketLine => _context.BasketLine;

    public JsonTypeInfo<Receipt> Receipt => _context.Receipt;
}
