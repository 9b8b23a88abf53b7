using System.Net;

namespace Orca.Execution;

/// <summary>The HTTP side of one user: its client, its cookies, its connections, and the answers it is still reading.</summary>
internal sealed class UserHttp : IDisposable
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(30);
    private static readonly Uri NoTarget = new("http://target-not-set.invalid/");

    private readonly SimulatedUser _user;
    private readonly Lock _lock = new();
    private readonly List<HttpExchange> _open = [];
    private HttpMessageInvoker? _connection;
    private CookieContainer? _cookies;
    private HttpExchange? _spare;

    public UserHttp(SimulatedUser user)
    {
        _user = user;
        Client = NewClient(step: null);
    }

    public HttpClient Client { get; }

    /// <summary>A client whose requests count in a step, or, with none, in the one that is innermost.</summary>
    public HttpClient NewClient(UserStep? step) => new(new UserHttpHandler(_user, this, step), disposeHandler: true)
    {
        BaseAddress = _user.Context.Target ?? NoTarget,
        Timeout = TimeOut,
    };

    /// <summary>Refuses a relative address where there is nothing that it is relative to, and a host that the drone does not allow.</summary>
    public void RequireTarget(Uri address)
    {
        if (!_user.Load.Targets.Allows(address))
        {
            throw new InvalidOperationException($"AllowedTargets of this drone ({_user.Load.Targets}) does not allow {address.Host}:{address.Port}.");
        }

        if (address.Host == NoTarget.Host)
        {
            throw new InvalidOperationException(
                $"'{address.PathAndQuery}' is a relative address and the plan names no target. Set \"target\" in the plan, or request an absolute address.");
        }
    }

    public void AddCookies(HttpRequestMessage request)
    {
        if (Volatile.Read(ref _cookies)?.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header)
        {
            request.Headers.Remove("Cookie");
            request.Headers.TryAddWithoutValidation("Cookie", header);
        }
    }

    public void KeepCookies(Uri address, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var values))
        {
            return;
        }

        var cookies = _cookies ?? Interlocked.CompareExchange(ref _cookies, new CookieContainer(), null) ?? _cookies;
        foreach (var value in values)
        {
            try
            {
                cookies.SetCookies(address, value);
            }
            catch (CookieException)
            {
                // A browser, too, ignores what is no cookie or is for another host.
            }
        }
    }

    /// <summary>An exchange for one request.</summary>
    public HttpExchange Exchange() => Interlocked.Exchange(ref _spare, null) ?? new HttpExchange(_user, this);

    /// <summary>Keeps an exchange that is over. A user mostly makes one request at a time, so one is enough.</summary>
    public void Return(HttpExchange exchange) => Volatile.Write(ref _spare, exchange);

    public HttpMessageInvoker Connection()
    {
        if (Volatile.Read(ref _connection) is { } connection)
        {
            return connection;
        }

        lock (_lock)
        {
            return _connection ??= _user.Load.Http.Connect();
        }
    }

    /// <summary>Keeps an exchange whose answer is still to be read.</summary>
    public void Opened(HttpExchange exchange)
    {
        lock (_lock)
        {
            _open.Add(exchange);
        }
    }

    public void Closed(HttpExchange exchange)
    {
        lock (_lock)
        {
            _open.Remove(exchange);
        }
    }

    /// <summary>Counts the answers that the iteration has not read to their end.</summary>
    public void IterationEnded()
    {
        if (_open.Count > 0)
        {
            HttpExchange[] open;
            lock (_lock)
            {
                open = [.. _open];
                _open.Clear();
            }

            foreach (var exchange in open)
            {
                exchange.Count();
            }
        }

        if (_user.Load.Http.IsPerIteration)
        {
            Disconnect();
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Disconnect();
    }

    private void Disconnect()
    {
        HttpMessageInvoker? connection;
        lock (_lock)
        {
            (connection, _connection) = (_connection, null);
        }

        if (connection is not null)
        {
            _user.Load.Http.Disconnect(connection);
        }
    }
}
