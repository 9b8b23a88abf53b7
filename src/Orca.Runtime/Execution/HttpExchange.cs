using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using Orca.Measurement;

namespace Orca.Execution;

/// <summary>One request and its answer: sent, followed where it is redirected, and each hop counted once. Used again by its user when nobody reads the answer any more.</summary>
internal sealed class HttpExchange(SimulatedUser user, UserHttp http)
{
    private const int MostRedirects = 50;

    // A short answer of known length comes with its head or soon after, and is read at once; a longer one is counted as its reader reads it.
    private const int ShortAnswer = 64 * 1024;

    // A length that only the end of the body will tell.
    private const long Unknown = -1;

    private Action? _headCame;
    private Action? _bodyCame;
    private AsyncTaskMethodBuilder<HttpResponseMessage> _answer;
    private Task<HttpResponseMessage>? _sending;
    private Task? _loading;
    private HttpRequestMessage? _request;
    private HttpResponseMessage? _response;
    private CountingContent? _uncounted;
    private CancellationToken _ct;
    private MeasuredPart _part;
    private int _step;
    private int _hop;
    private int _status;
    private long _length;
    private long _began;
    private long _firstByte;
    private long _sent;
    private long _received;
    private int _isCounted;

    private bool IsShort => _length is >= 0 and <= ShortAnswer;

    // What each request allocates is the task that is returned. An asynchronous method would allocate as much again for its state,
    // which here the exchange has; its continuations are made once.
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, int step, CancellationToken ct)
    {
        (_request, _ct, _step, _part, _hop) = (request, ct, step, user.Part, 0);
        _answer = AsyncTaskMethodBuilder<HttpResponseMessage>.Create();
        var answer = _answer.Task;
        Send();
        return answer;
    }

    public void Received(long bytes) => Interlocked.Add(ref _received, bytes);

    /// <summary>Counts the answer as far as it was read; it was not read to its end.</summary>
    public void Count() => Count(total: -1);

    /// <summary>Counts the exchange as soon as its answer has ended.</summary>
    public void Ended()
    {
        http.Closed(this);
        Count(Since(_began));
    }

    private void Send()
    {
        try
        {
            BeginHop();
            _sending = http.Connection().SendAsync(_request!, _ct);
        }
        catch (Exception e)
        {
            Broke(e);
            return;
        }

        After(_sending, _headCame ??= HeadCame);
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "Called when the task has completed.")]
    private void HeadCame()
    {
        try
        {
#pragma warning disable RS0030 // It has completed.
            _response = _sending!.GetAwaiter().GetResult();
#pragma warning restore RS0030
            _firstByte = Since(_began);
            var hasBody = HasBody(_response);
            _length = hasBody ? _response.Content.Headers.ContentLength ?? Unknown : 0;
            (_status, _sent) = ((int)_response.StatusCode, BytesSent());
            http.KeepCookies(_request!.RequestUri!, _response);
            _loading = hasBody && IsShort ? _response.Content.LoadIntoBufferAsync(_ct) : Task.CompletedTask;
        }
        catch (Exception e)
        {
            Broke(e);
            return;
        }

        After(_loading, _bodyCame ??= BodyCame);
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "Called when the task has completed.")]
    private void BodyCame()
    {
        bool isFollowed;
        try
        {
#pragma warning disable RS0030 // It has completed.
            _loading!.GetAwaiter().GetResult();
#pragma warning restore RS0030
            isFollowed = EndHop();
        }
        catch (Exception e)
        {
            Broke(e);
            return;
        }

        if (isFollowed)
        {
            Send();
        }
        else if (user.Load.Run.MustLeaveThread)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static exchange => exchange.Answer(), this, preferLocal: false);
        }
        else
        {
            Answer();
        }
    }

    private void Answer()
    {
        var (answer, response) = (_answer, Release());
        answer.SetResult(response);
    }

    private static void After(Task task, Action next)
    {
        if (task.IsCompleted)
        {
            next();
        }
        else
        {
            task.GetAwaiter().UnsafeOnCompleted(next);
        }
    }

    private void BeginHop()
    {
        (_isCounted, _received, _response) = (0, 0, null);
        var request = _request!;
        http.AddCookies(request);
        if (request.Content is { } content)
        {
            _uncounted = content as CountingContent;
            if (_uncounted is null && content.Headers.ContentLength is null)
            {
                request.Content = _uncounted = new CountingContent(content);
            }
        }

        _began = user.Load.Run.Clock.Now;
    }

    /// <summary>Counts the hop, or leaves that to whoever reads the answer; whether there is another hop.</summary>
    private bool EndHop()
    {
        var (request, response) = (_request!, _response!);
        if (IsShort)
        {
            _received = _length;
            Count(Since(_began));
        }

        if (_hop == MostRedirects || !HttpRedirect.TryFollow(request, response))
        {
            return false;
        }

        // What a redirect says beside its head nobody reads.
        Count(Since(_began));
        response.Dispose();
        http.RequireTarget(request.RequestUri!);
        _hop++;
        return true;
    }

    private HttpResponseMessage Release()
    {
        var response = _response!;
        if (_isCounted != 0)
        {
            Reuse();
        }
        else
        {
            http.Opened(this);
            response.Content = new CountingContent(response.Content, this);
        }

        return response;
    }

    private void Broke(Exception failure)
    {
        if (Interlocked.Exchange(ref _isCounted, 1) == 0 && !user.Load.Run.IsClosed)
        {
            user.Load.Recorder.HttpBroken(_part, _step, BytesSent(), ErrorKind.Of(failure), failure.Message);
        }

        _response?.Dispose();
        var answer = _answer;
        Reuse();
        answer.SetException(failure);
    }

    private void Count(long total)
    {
        if (Interlocked.Exchange(ref _isCounted, 1) == 0 && !user.Load.Run.IsClosed)
        {
            user.Load.Recorder.Http(_part, _step, _status, _sent, Interlocked.Read(ref _received), _firstByte, total);
        }
    }

    private void Reuse()
    {
        (_request, _response, _uncounted, _ct) = (null, null, null, default);
        (_answer, _sending, _loading) = (default, null, null);
        http.Return(this);
    }

    private long Since(long timestamp) => user.Load.Run.Clock.Nanoseconds(user.Load.Run.Clock.Now - timestamp);

    private long BytesSent() => _uncounted?.Bytes ?? _request?.Content?.Headers.ContentLength ?? 0;

    private bool HasBody(HttpResponseMessage response) =>
        _request!.Method != HttpMethod.Head && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);
}
