using Orca.Results.Elasticsearch.Spool;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>A disk with room for so many bytes: what is beyond is written as far as it goes, then fails.</summary>
internal sealed class SmallDisk(long room) : SpoolDisk
{
    private readonly long _room = room;
    private long _used;

    public override Stream Create(string path) => new FullStream(base.Create(path), this);

    public override void Delete(string path)
    {
        _used -= new FileInfo(path).Length;
        base.Delete(path);
    }

    private sealed class FullStream(Stream file, SmallDisk disk) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => file.Position = value;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var fits = (int)Math.Min(buffer.Length, Math.Max(0, disk._room - disk._used));
            file.Write(buffer[..fits]);
            disk._used += fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device");
            }
        }

        public override void SetLength(long value)
        {
            disk._used -= file.Length - value;
            file.SetLength(value);
        }

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
