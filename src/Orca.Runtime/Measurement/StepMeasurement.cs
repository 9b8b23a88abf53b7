namespace Orca.Measurement;

/// <summary>What was measured of one step.</summary>
internal sealed class StepMeasurement(int precision)
{
    public Histogram Service { get; init; } = new(precision);

    public long Ok { get; set; }

    public long Failed { get; set; }

    public Dictionary<string, ErrorCount> Errors { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The HTTP requests that counted in this step, or null where there were none.</summary>
    public HttpMeasurement? Http { get; set; }

    public void Add(StepMeasurement other)
    {
        Service.Add(other.Service);
        Ok += other.Ok;
        Failed += other.Failed;
        Errors.Add(other.Errors);
        if (other.Http is { } http)
        {
            (Http ??= new(Service.Precision)).Add(http);
        }
    }

    /// <summary>Adds what came to another drone's since an earlier state of it, null where there was none.</summary>
    public void AddSince(StepMeasurement later, StepMeasurement? earlier)
    {
        if (earlier is null)
        {
            Add(later);
            return;
        }

        Service.AddSince(later.Service, earlier.Service);
        Ok += Counts.Since(later.Ok, earlier.Ok);
        Failed += Counts.Since(later.Failed, earlier.Failed);
        Errors.Add(later.Errors.Since(earlier.Errors));
        if (later.Http is { } http)
        {
            AddHttpSince(Http ??= new(Service.Precision), http, earlier.Http);
        }
    }

    public StepMeasurement Since(StepMeasurement earlier) => new(Service.Precision)
    {
        Service = Service.Since(earlier.Service),
        Ok = Counts.Since(Ok, earlier.Ok),
        Failed = Counts.Since(Failed, earlier.Failed),
        Errors = Errors.Since(earlier.Errors),
        Http = Http?.Since(earlier.Http ?? new(Service.Precision)),
    };

    private static void AddHttpSince(HttpMeasurement to, HttpMeasurement later, HttpMeasurement? earlier)
    {
        if (earlier is null)
        {
            to.Add(later);
        }
        else
        {
            to.AddSince(later, earlier);
        }
    }
}
