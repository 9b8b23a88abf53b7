namespace Orca.Results;

/// <summary>The wire numbers of a stored interval's fields. A number once used keeps its meaning; a reader skips those that it does not know.</summary>
internal static class StoredIntervalFields
{
    public const int Fencing = 1, Number = 2, From = 3, To = 4, Correction = 5, BodyLength = 6, Body = 7;

    public static class OfBody
    {
        public const int Wide = 1, Missing = 2, Drone = 3, Work = 4, Failed = 5, DelayAtWarmUp = 6;
    }

    public static class OfDrone
    {
        public const int Drone = 1, Started = 2, Finished = 3, Failed = 4, Dropped = 5, Missed = 6, Cpu = 7, GcPause = 8, WorkingSet = 9;
        public const int HasLateness = 10, LatenessP99 = 11, HasSchedulingDelay = 12, SchedulingDelayP99 = 13;
    }

    public static class OfFailed
    {
        public const int Index = 1, Text = 2, HasValue = 3, Value = 4, Limit = 5, Unit = 6, HasMargin = 7, Margin = 8, Reason = 9, Unknown = 10, Few = 11;
    }

    public static class OfDelay
    {
        public const int Drone = 1, Incarnation = 2, Delay = 3;
    }
}
