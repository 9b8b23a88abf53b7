using System.Net.Http.Json;
using NodaTime;

namespace Orca.Samples.EchoTest;

[LoadTest("shop", Description = "A customer looks in and searches; one in four buys.")]
public sealed class ShopLoadTest(ShopJson json, TimeProvider clock) : ILoadTest
{
    private static readonly Duration Fresh = Duration.FromSeconds(30);

    // The package carries the file; iteration k searches for term k, then for the first again.
    private readonly DataFeed<string> _terms =
        DataFeed<string>.Circular(DataFile.Beside<ShopLoadTest>("search-terms.csv").ReadCsv(row => row["term"]));

    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        await user.StepAsync("home", ct => user.Http.GetStringAsync("/", ct));

        var search = $"/search?q={Uri.EscapeDataString(_terms.Next(user))}";
        var found = await user.StepAsync("search", ct => user.Http.GetFromJsonAsync(search, json.SearchAnswer, ct));
        user.Check("finds-something", found is { Items.Count: > 0 });
        user.Check("is-fresh", found is not null && Now - found.AsOf.ToInstant() < Fresh);

        if (found is null or { Items.Count: 0 } || user.Random.Next(4) > 0)
        {
            return;
        }

        var item = found.Items[user.Random.Next(found.Items.Count)];
        await user.StepAsync("basket", async ct =>
        {
            using var answer = await user.Http.PostAsJsonAsync("/basket", new BasketLine(item.Item, Quantity: 2), json.BasketLine, ct);
            answer.EnsureSuccessStatusCode();
        });

        // The shop finds the basket by the session cookie that this user's Http keeps.
        var receipt = await user.StepAsync("pay", async ct =>
        {
            using var answer = await user.Http.PostAsync("/checkout", content: null, ct);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync(json.Receipt, ct);
        });
        user.Check("is-charged", receipt?.Total == 2 * item.Price);
    }

    private Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
