using System.Net.Http.Json;
using System.Net.Sockets;

namespace Orca.Samples.Target;

/// <summary>Has the target answer itself a while before others come, as any service that has been up for some minutes has; then it counts from zero.</summary>
internal static class SelfVisit
{
    private const int Visits = 60;

    public static async Task MakeAsync(TargetServer target)
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ShopAsync(target.Http)).Append(EchoAsync(target.Echo)));
        target.Reset();
    }

    private static async Task ShopAsync(Uri shop)
    {
        using var client = new HttpClient { BaseAddress = shop };
        for (var visit = 0; visit < Visits; visit++)
        {
            await client.GetStringAsync("/");
            await client.GetStringAsync("/search?q=tea");
            (await client.PostAsJsonAsync("/basket", new BasketLine(1, 1))).Dispose();
            (await client.PostAsync("/checkout", null)).Dispose();
        }
    }

    private static async Task EchoAsync(string echo)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(System.Net.IPEndPoint.Parse(echo));
        var stream = client.GetStream();
        var line = "hello\n"u8.ToArray();
        for (var visit = 0; visit < Visits; visit++)
        {
            await stream.WriteAsync(line);
            await stream.ReadExactlyAsync(line);
        }
    }
}
