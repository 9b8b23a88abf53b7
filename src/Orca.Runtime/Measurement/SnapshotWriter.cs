namespace Orca.Measurement;

/// <summary>Writes the fields of one snapshot; the same snapshot always gives the same bytes.</summary>
internal sealed class SnapshotWriter : IDisposable
{
    private readonly WireWriter _body = new();
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public static void Write(Snapshot snapshot, WireWriter to)
    {
        using var writer = new SnapshotWriter();
        foreach (var scenario in snapshot.Scenarios)
        {
            writer.Scenario(scenario);
        }

        writer.Health(snapshot.Health);
        foreach (var attachment in snapshot.Attachments)
        {
            writer.Attachment(attachment);
        }

        // The names that the body refers to are known only now, and go before it.
        Header(snapshot.Header, to);
        var start = to.Begin(SnapshotFields.Names);
        writer._names.ForEach(to.Text);
        to.End(start);
        to.Raw(writer._body.Written);
    }

    public void Dispose() => _body.Dispose();

    private static void Header(SnapshotHeader header, WireWriter to)
    {
        var start = to.Begin(SnapshotFields.Header);
        to.Text(SnapshotFields.OfHeader.Drone, header.Drone);
        to.Text(SnapshotFields.OfHeader.Incarnation, header.Incarnation);
        to.Number(SnapshotFields.OfHeader.Epoch, header.Epoch);
        to.Number(SnapshotFields.OfHeader.Sequence, header.Sequence);
        to.Number(SnapshotFields.OfHeader.RunTime, header.RunTime.Ticks);
        to.Number(SnapshotFields.OfHeader.Final, header.Final ? 1 : 0);
        to.End(start);
    }

    private void Scenario(ScenarioSnapshot scenario)
    {
        var start = _body.Begin(SnapshotFields.Scenario);
        Name(SnapshotFields.OfScenario.Name, scenario.Name);
        _body.Number(SnapshotFields.OfScenario.Users, scenario.Users);
        _body.Number(SnapshotFields.OfScenario.NamesOverCap, scenario.NamesOverCap);
        Set(SnapshotFields.OfScenario.WarmUp, scenario.WarmUp);
        Set(SnapshotFields.OfScenario.Measured, scenario.Measured);
        _body.End(start);
    }

    private void Set(int field, MeasurementSet set)
    {
        var start = _body.Begin(field);
        _body.Number(SnapshotFields.OfSet.Precision, set.Precision);
        _body.Number(SnapshotFields.OfSet.Started, set.Started);
        _body.Number(SnapshotFields.OfSet.Dropped, set.Dropped);
        _body.Number(SnapshotFields.OfSet.Missed, set.Missed);
        _body.Number(SnapshotFields.OfSet.Interrupted, set.Interrupted);
        _body.Number(SnapshotFields.OfSet.UserTime, set.UserTime.Ticks);
        Histogram(SnapshotFields.OfSet.ResponseOk, set.ResponseOk);
        Histogram(SnapshotFields.OfSet.ResponseFailed, set.ResponseFailed);
        Histogram(SnapshotFields.OfSet.ServiceOk, set.ServiceOk);
        Histogram(SnapshotFields.OfSet.ServiceFailed, set.ServiceFailed);
        Histogram(SnapshotFields.OfSet.Lateness, set.Lateness);
        Errors(SnapshotFields.OfSet.Error, set.Errors);
        foreach (var (name, step) in Ordered(set.Steps))
        {
            Step(name, step);
        }

        foreach (var (name, check) in Ordered(set.Checks))
        {
            var at = _body.Begin(SnapshotFields.OfSet.Check);
            Name(SnapshotFields.OfCheck.Name, name);
            _body.Number(SnapshotFields.OfCheck.Passed, check.Passed);
            _body.Number(SnapshotFields.OfCheck.Failed, check.Failed);
            _body.End(at);
        }

        foreach (var (name, metric) in Ordered(set.Metrics))
        {
            Metric(name, metric);
        }

        _body.End(start);
    }

    private void Step(string name, StepMeasurement step)
    {
        var start = _body.Begin(SnapshotFields.OfSet.Step);
        Name(SnapshotFields.OfStep.Name, name);
        Histogram(SnapshotFields.OfStep.Service, step.Service);
        _body.Number(SnapshotFields.OfStep.Ok, step.Ok);
        _body.Number(SnapshotFields.OfStep.Failed, step.Failed);
        Errors(SnapshotFields.OfStep.Error, step.Errors);
        if (step.Http is { } http)
        {
            var at = _body.Begin(SnapshotFields.OfStep.Http);
            _body.Number(SnapshotFields.OfHttp.Requests, http.Requests);
            _body.Number(SnapshotFields.OfHttp.Broken, http.Broken);
            _body.Number(SnapshotFields.OfHttp.BytesSent, http.BytesSent);
            _body.Number(SnapshotFields.OfHttp.BytesReceived, http.BytesReceived);
            var statuses = _body.Begin(SnapshotFields.OfHttp.Statuses);
            foreach (var (status, count) in http.Statuses.OrderBy(s => s.Key))
            {
                _body.Varint((ulong)status);
                _body.Varint((ulong)count);
            }

            _body.End(statuses);
            Histogram(SnapshotFields.OfHttp.FirstByte, http.FirstByte);
            Histogram(SnapshotFields.OfHttp.Total, http.Total);
            Errors(SnapshotFields.OfHttp.Error, http.Errors);
            _body.End(at);
        }

        _body.End(start);
    }

    private void Errors(int field, Dictionary<string, ErrorCount> errors)
    {
        foreach (var (kind, error) in Ordered(errors))
        {
            var start = _body.Begin(field);
            Name(SnapshotFields.OfError.Kind, kind);
            _body.Number(SnapshotFields.OfError.Count, error.Count);
            if (error.Sample is { } sample)
            {
                _body.Text(SnapshotFields.OfError.Sample, sample);
            }

            _body.End(start);
        }
    }

    private void Metric(string name, MetricMeasurement metric)
    {
        var start = _body.Begin(SnapshotFields.OfSet.Metric);
        Name(SnapshotFields.OfMetric.Name, name);
        _body.Number(SnapshotFields.OfMetric.Kind, (int)metric.Kind);
        _body.Number(SnapshotFields.OfMetric.Recorded, metric.Recorded);
        _body.Number(SnapshotFields.OfMetric.Rejected, metric.Rejected);
        _body.Number(SnapshotFields.OfMetric.Count, metric.Count);
        _body.Real(SnapshotFields.OfMetric.Last, metric.Last);
        _body.Real(SnapshotFields.OfMetric.Min, metric.Min);
        _body.Real(SnapshotFields.OfMetric.Max, metric.Max);
        if (metric.Values is { } values)
        {
            Histogram(SnapshotFields.OfMetric.Values, values);
        }

        _body.End(start);
    }

    private void Health(DroneHealth health)
    {
        var start = _body.Begin(SnapshotFields.Health);
        _body.Number(SnapshotFields.OfHealth.Processor, health.Processor.Ticks);
        _body.Number(SnapshotFields.OfHealth.Elapsed, health.Elapsed.Ticks);
        _body.Number(SnapshotFields.OfHealth.Processors, health.Processors);
        _body.Number(SnapshotFields.OfHealth.GcPause, health.GcPause.Ticks);
        _body.Number(SnapshotFields.OfHealth.WorkingSet, health.WorkingSet);
        _body.Number(SnapshotFields.OfHealth.Precision, health.SchedulingDelay.Precision);
        Histogram(SnapshotFields.OfHealth.SchedulingDelay, health.SchedulingDelay);
        _body.End(start);
    }

    private void Attachment(Attachment attachment)
    {
        var start = _body.Begin(SnapshotFields.Attachment);
        Name(SnapshotFields.OfAttachment.Scenario, attachment.Scenario);
        Name(SnapshotFields.OfAttachment.Name, attachment.Name);
        _body.Text(SnapshotFields.OfAttachment.Json, attachment.Json);
        _body.End(start);
    }

    private void Histogram(int field, Histogram histogram) => HistogramWire.Write(field, histogram, _body);

    private void Name(int field, string name)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            _numbers.Add(name, number = _names.Count);
            _names.Add(name);
        }

        _body.Number(field, number);
    }

    private static IEnumerable<KeyValuePair<string, T>> Ordered<T>(Dictionary<string, T> named) =>
        named.OrderBy(n => n.Key, StringComparer.Ordinal);
}
