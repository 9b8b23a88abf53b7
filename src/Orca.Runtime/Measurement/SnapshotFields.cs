namespace Orca.Measurement;

/// <summary>The wire numbers of a snapshot's fields. A number once used keeps its meaning; a reader skips those that it does not know.</summary>
internal static class SnapshotFields
{
    public const int Header = 1, Names = 2, Scenario = 3, Health = 4, Attachment = 5;

    public static class OfHeader
    {
        public const int Drone = 1, Incarnation = 2, Epoch = 3, Sequence = 4, RunTime = 5, Final = 6;
    }

    public static class OfScenario
    {
        public const int Name = 1, Users = 2, NamesOverCap = 3, WarmUp = 4, Measured = 5;
    }

    public static class OfSet
    {
        public const int Precision = 1, Started = 2, Dropped = 3, Missed = 4, Interrupted = 5, UserTime = 6;
        public const int ResponseOk = 7, ResponseFailed = 8, ServiceOk = 9, ServiceFailed = 10, Lateness = 11;
        public const int Error = 12, Step = 13, Check = 14, Metric = 15;
    }

    public static class OfHistogram
    {
        public const int Counts = 1, SumLow = 2, SumHigh = 3, Min = 4, Max = 5, Clamped = 6;
    }

    public static class OfError
    {
        public const int Kind = 1, Count = 2, Sample = 3;
    }

    public static class OfStep
    {
        public const int Name = 1, Service = 2, Ok = 3, Failed = 4, Error = 5, Http = 6;
    }

    public static class OfHttp
    {
        public const int Requests = 1, Broken = 2, BytesSent = 3, BytesReceived = 4, Statuses = 5;
        public const int FirstByte = 6, Total = 7, Error = 8;
    }

    public static class OfCheck
    {
        public const int Name = 1, Passed = 2, Failed = 3;
    }

    public static class OfMetric
    {
        public const int Name = 1, Kind = 2, Recorded = 3, Rejected = 4, Count = 5, Last = 6, Min = 7, Max = 8, Values = 9;
    }

    public static class OfHealth
    {
        public const int Processor = 1, Elapsed = 2, Processors = 3, GcPause = 4, WorkingSet = 5, Precision = 6, SchedulingDelay = 7;
    }

    public static class OfAttachment
    {
        public const int Scenario = 1, Name = 2, Json = 3;
    }
}
