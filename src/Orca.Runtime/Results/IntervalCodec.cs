namespace Orca.Results;

internal static class IntervalCodec
{
    public static byte[] Encode(RunInterval interval, long fencing) => [];
}
