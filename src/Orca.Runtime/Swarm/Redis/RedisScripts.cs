namespace Orca.Swarm.Redis;

/// <summary>The steps that are atomic. Each begins with a line that lets a monitor tell them apart.</summary>
internal static class RedisScripts
{
    // What is no number, such as what another program wrote there, counts as nothing.
    private const string Functions = """
        local function number(key, field) return tonumber(redis.call('HGET', key, field) or '') or 0 end
        local function keep(key, ms) if ms ~= '0' then redis.call('PEXPIRE', key, ms) end end
        local function putnewer(key, sequences, field, sequence, value, ms)
          if redis.call('HEXISTS', key, field) == 1 and number(sequences, field) >= tonumber(sequence) then return 0 end
          redis.call('HSET', key, field, value)
          redis.call('HSET', sequences, field, sequence)
          keep(key, ms)
          keep(sequences, ms)
          return 1
        end

        """;

    /// <summary>Keys: document, heartbeats. Arguments: fencing, number, body, lifetime, then member and heartbeat of each silent one.</summary>
    public const string PutDocument = "-- orca: put document\n" + Functions + """
        local f, n = number(KEYS[1], 'fencing'), number(KEYS[1], 'number')
        local nf, nn = tonumber(ARGV[1]), tonumber(ARGV[2])
        if nf < f or (nf == f and nn <= n) then return {f, n} end
        for i = 5, #ARGV, 2 do
          if (redis.call('HGET', KEYS[2], ARGV[i]) or '') ~= ARGV[i + 1] then return {f, n} end
        end
        redis.call('HSET', KEYS[1], 'fencing', ARGV[1])
        redis.call('HSET', KEYS[1], 'number', ARGV[2])
        redis.call('HSET', KEYS[1], 'body', ARGV[3])
        keep(KEYS[1], ARGV[4])
        return {nf, nn}
        """;

    /// <summary>Keys: document. Arguments: fencing, number.</summary>
    public const string ForgetDocument = "-- orca: forget document\n" + Functions + """
        if number(KEYS[1], 'fencing') ~= tonumber(ARGV[1]) or number(KEYS[1], 'number') ~= tonumber(ARGV[2]) then return 0 end
        return redis.call('DEL', KEYS[1])
        """;

    /// <summary>Keys: hash, its sequences. Arguments: field, sequence, value, lifetime.</summary>
    public const string PutNewer = "-- orca: put newer\n" + Functions + """
        return putnewer(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4])
        """;

    /// <summary>Keys: heartbeats, their counters, document, members. Arguments: member, counter, heartbeat, lifetime.</summary>
    public const string Beat = "-- orca: beat\n" + Functions + """
        putnewer(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4])
        return {number(KEYS[3], 'fencing'), number(KEYS[3], 'number'), redis.call('HGET', KEYS[3], 'leader') or '', redis.call('HEXISTS', KEYS[4], ARGV[1])}
        """;

    /// <summary>Keys: document. Arguments: fencing, number, heartbeat, lifetime.</summary>
    public const string BeatLeader = "-- orca: beat leader\n" + Functions + """
        local f, n = number(KEYS[1], 'fencing'), number(KEYS[1], 'number')
        if f == tonumber(ARGV[1]) and n == tonumber(ARGV[2]) then
          redis.call('HSET', KEYS[1], 'leader', ARGV[3])
          keep(KEYS[1], ARGV[4])
        end
        return {f, n}
        """;

    /// <summary>Keys: lease. Arguments: owner, time. One without an end, or with a later one than any leader asks for, is no lease.</summary>
    public const string TakeLease = """
        -- orca: take lease
        local owner = redis.call('GET', KEYS[1])
        local left = redis.call('PTTL', KEYS[1])
        if owner and owner ~= ARGV[1] and left >= 0 and left <= tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    /// <summary>Keys: lease. Arguments: owner.</summary>
    public const string ReleaseLease = """
        -- orca: release lease
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('DEL', KEYS[1])
        return 1
        """;

    /// <summary>Keys: hash. Arguments: field, value, lifetime.</summary>
    public const string WriteField = "-- orca: write field\n" + Functions + """
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        keep(KEYS[1], ARGV[3])
        return 1
        """;

    /// <summary>Keys: list. Arguments: value, lifetime.</summary>
    public const string Append = "-- orca: append\n" + Functions + """
        local length = redis.call('RPUSH', KEYS[1], ARGV[1])
        keep(KEYS[1], ARGV[2])
        return length
        """;

    /// <summary>Keys: any. Arguments: the type that each is to have. Removes those that hold another, and answers with their indices, from 0.</summary>
    public const string RemoveForeign = """
        -- orca: remove foreign
        local removed = {}
        for i = 1, #KEYS do
          local type = redis.call('TYPE', KEYS[i])
          type = type.ok or type
          if type ~= 'none' and type ~= ARGV[i] then
            redis.call('DEL', KEYS[i])
            removed[#removed + 1] = i - 1
          end
        end
        return removed
        """;
}
