using System.Net;

namespace Orca.Execution;

/// <summary>A body that counts its bytes as they go by.</summary>
internal sealed class CountingContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly HttpExchange? _exchange;
    private long _bytes;

    /// <param name="inner">The body.</param>
    /// <param name="exchange">What is told of an answer's bytes and its end.</param>
    public CountingContent(HttpContent inner, HttpExchange? exchange = null)
    {
        (_inner, _exchange) = (inner, exchange);
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    public long Bytes => Interlocked.Read(ref _bytes);

    public void Passed(int bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        _exchange?.Received(bytes);
    }

    public void Ended() => _exchange?.Ended();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken ct)
    {
        try
        {
            await _inner.CopyToAsync(new CountingStream(stream, this), context, ct);
        }
        finally
        {
            Ended();
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new CountingStream(await _inner.ReadAsStreamAsync(), this);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken ct) =>
        new CountingStream(await _inner.ReadAsStreamAsync(ct), this);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            Ended();
        }

        base.Dispose(disposing);
    }
}
