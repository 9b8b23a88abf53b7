using System.Globalization;

namespace Orca.Samples.Target;

/// <summary>A customer's basket, kept in the session cookie: the shop itself remembers nobody.</summary>
internal sealed record Basket(string Session, int Items, decimal Total)
{
    private const string Cookie = "shop-session";

    /// <summary>Gets the basket in a request's cookie, or a new and empty one.</summary>
    public static Basket Of(HttpRequest request) =>
        request.Cookies[Cookie]?.Split('_') is [var session, var items, var total]
        && int.TryParse(items, CultureInfo.InvariantCulture, out var count)
        && decimal.TryParse(total, CultureInfo.InvariantCulture, out var sum)
            ? new Basket(session, count, sum)
            : new Basket(Guid.NewGuid().ToString("n"), 0, 0);

    public static void Drop(HttpResponse response) => response.Cookies.Delete(Cookie);

    public Basket With(int quantity, decimal price) => this with { Items = Items + quantity, Total = Total + (quantity * price) };

    public void Keep(HttpResponse response) =>
        response.Cookies.Append(Cookie, string.Create(CultureInfo.InvariantCulture, $"{Session}_{Items}_{Total}"));
}
