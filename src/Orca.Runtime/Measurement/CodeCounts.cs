namespace Orca.Measurement;

/// <summary>Counts by a small number (an HTTP status, an error kind), for one writer; few in use at a time.</summary>
internal sealed class CodeCounts
{
    private Table _table = new(8);

    /// <summary>The counts so far, for a reader on any thread.</summary>
    public IEnumerable<KeyValuePair<int, long>> All
    {
        get
        {
            var table = Volatile.Read(ref _table);
            var used = Volatile.Read(ref table.Used);
            for (var i = 0; i < used; i++)
            {
                yield return new(table.Codes[i], table.Counts[i]);
            }
        }
    }

    /// <summary>Counts one; returns the code's place, from 0 in the order of first use.</summary>
    public int Count(int code)
    {
        var table = _table;
        var place = table.Codes.AsSpan(0, table.Used).IndexOf(code);
        if (place >= 0)
        {
            table.Counts[place]++;
            return place;
        }

        return Add(code);
    }

    private int Add(int code)
    {
        var table = _table;
        var place = table.Used;
        if (place == table.Codes.Length)
        {
            table = new(place * 2) { Used = place };
            _table.Codes.CopyTo(table.Codes, 0);
            _table.Counts.CopyTo(table.Counts, 0);
            Volatile.Write(ref _table, table);
        }

        (table.Codes[place], table.Counts[place]) = (code, 1);
        Volatile.Write(ref table.Used, place + 1);
        return place;
    }

    private sealed class Table(int size)
    {
        public readonly int[] Codes = new int[size];
        public readonly long[] Counts = new long[size];
        public int Used;
    }
}
