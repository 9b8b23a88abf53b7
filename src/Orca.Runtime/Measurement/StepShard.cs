namespace Orca.Measurement;

/// <summary>What one thread has recorded of one step.</summary>
internal sealed class StepShard(int precision)
{
    private HttpShard? _http;

    public Histogram Service { get; } = new(precision);

    public long Ok { get; set; }

    public long Failed { get; set; }

    public CodeCounts Errors { get; } = new();

    public HttpShard? Http => Volatile.Read(ref _http);

    public HttpShard HttpOrNew()
    {
        if (_http is null)
        {
            Volatile.Write(ref _http, new(precision));
        }

        return _http;
    }
}
