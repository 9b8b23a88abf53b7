namespace Orca.Results;

internal static class EventCodec
{
    public static byte[] Encode(RunEvent happened, long fencing) => [];
}
