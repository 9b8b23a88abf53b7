using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Orca.Compare.Tools;

/// <summary>The target of the requests: nginx on the target's processor, which answers 13 bytes.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Nginx(Process process, string folder, Uri url) => (_process, _folder, Url) = (process, folder, url);

    public Uri Url { get; }

    /// <summary>The process that answers.</summary>
    public int Worker => int.Parse(File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ')[0], CultureInfo.InvariantCulture);

    public static async Task<Nginx> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("orca-compare-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 16384; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              keepalive_timeout 600s;
              client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
              server { listen 127.0.0.1:{{port}} backlog=4096; location / { default_type text/plain; return 200 "Hello, World!"; } }
            }
            """);
        var info = new ProcessStartInfo("taskset", ["-c", Machine.Target, "nginx", "-c", Path.Combine(folder, "nginx.conf"), "-e", Path.Combine(folder, "error.log")])
        {
            RedirectStandardError = true,
        };
        var nginx = new Nginx(Process.Start(info)!, folder, new Uri($"http://127.0.0.1:{port}/"));
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await client.GetStringAsync(nginx.Url);
                return nginx;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Asked politely: killed, the master would leave its worker behind.
        using (var quit = Process.Start("kill", ["-QUIT", $"{_process.Id}"]))
        {
            await quit.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
