namespace Orca.Samples.Target;

/// <summary>The HTTP endpoints: a small shop, answers with known habits, and the log.</summary>
internal static class ShopEndpoints
{
    private const string Hello = "Hello, world!";

    public static void Map(WebApplication app)
    {
        app.UseMiddleware<RequestCounting>();
        MapHabits(app);
        MapShop(app);
        MapSteering(app);
    }

    private static void MapHabits(WebApplication app)
    {
        var failing = 0L;

        app.MapGet("/", () => Hello);
        app.MapGet("/fast", () => Hello);
        app.MapGet("/slow", async (TimeProvider clock, CancellationToken ct, int ms = 50) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(ms), clock, ct);
            return Hello;
        });
        app.MapGet("/fail", (int every = 1) =>
            Interlocked.Increment(ref failing) % Math.Max(every, 1) == 0
                ? Results.Text("This one fails.", statusCode: StatusCodes.Status500InternalServerError)
                : Results.Text(Hello));
    }

    private static void MapShop(WebApplication app)
    {
        app.MapGet("/search", (string q, TimeProvider clock) => new SearchAnswer(q, clock.GetUtcNow(), Catalog.Find(q)));
        app.MapPost("/basket", (BasketLine line, HttpContext context) =>
        {
            if (Catalog.PriceOf(line.Item) is not { } price || line.Quantity < 1)
            {
                return Results.NotFound($"No item {line.Item} is sold by {line.Quantity}.");
            }

            var basket = Basket.Of(context.Request).With(line.Quantity, price);
            basket.Keep(context.Response);
            return Results.Json(basket, statusCode: StatusCodes.Status201Created);
        });
        app.MapPost("/checkout", (HttpContext context, TimeProvider clock) =>
        {
            var basket = Basket.Of(context.Request);
            if (basket.Items == 0)
            {
                return Results.Conflict("The basket is empty.");
            }

            Basket.Drop(context.Response);
            return Results.Json(new Receipt(basket.Session, basket.Items, basket.Total, clock.GetUtcNow()));
        });
    }

    private static void MapSteering(WebApplication app)
    {
        app.MapGet("/freeze", [Uncounted] (FreezeGate gate, int ms = 1000, int at = 0) =>
        {
            gate.Arm(TimeSpan.FromMilliseconds(at), TimeSpan.FromMilliseconds(ms));
            return Results.Accepted();
        });
        app.MapGet("/log", [Uncounted] (TargetLog log) => log.Read());
        app.MapPost("/log/reset", [Uncounted] (TargetLog log) => log.Reset());
    }
}
