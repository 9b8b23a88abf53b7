namespace Orca.Plans;

/// <summary>The walk over a <see cref="RateTimeline"/>: integer additions for constant rates, an exactly corrected root for ramps.</summary>
internal sealed class RateCursor : ArrivalCursor
{
    private readonly RateTimeline _timeline;
    private int _index = -1;
    private RateSegment? _segment;
    private long _number;
    private long _due;

    // The next uniform arrival, and the first one past this segment.
    private long _uniform;
    private long _uniformEnd;

    // The next Poisson arrival and its place in the Poisson integral, this segment's included.
    private long _poisson;
    private Int128 _place;

    // How far into this segment's integral the current arrival lies. Constant rates keep it divided by the units of a tick.
    private Int128 _need;
    private long _perTick;
    private long _ticks;
    private long _rest;
    private long _stepTicks;
    private long _stepRest;

    public RateCursor(RateTimeline timeline)
    {
        _timeline = timeline;
        _place = timeline.Stream.Gap(0);
        EnterNext();
    }

    public override bool TryPeek(out Arrival arrival)
    {
        arrival = new Arrival(_number, new TimeSpan(_due));
        return _segment is not null;
    }

    public override void Advance()
    {
        if (_segment is null)
        {
            return;
        }

        _number++;
        if (_segment.Poisson ? NextPoisson() : NextUniform())
        {
            SetDue();
        }
        else
        {
            EnterNext();
        }
    }

    private bool NextUniform()
    {
        if (++_uniform >= _uniformEnd)
        {
            return false;
        }

        if (_perTick > 0)
        {
            Step(_stepTicks, _stepRest);
        }
        else
        {
            _need += RateSegment.UnitsPerArrival;
        }

        return true;
    }

    private bool NextPoisson()
    {
        var gap = _timeline.Stream.Gap(++_poisson);
        _place += gap;
        if (_place >= _segment!.After)
        {
            return false;
        }

        if (_perTick > 0)
        {
            var (ticks, rest) = Math.DivRem(gap, _perTick);
            Step(ticks, rest);
        }
        else
        {
            _need += gap;
        }

        return true;
    }

    private void Step(long ticks, long rest)
    {
        _ticks += ticks;
        _rest += rest;
        if (_rest >= _perTick)
        {
            _rest -= _perTick;
            _ticks++;
        }
    }

    private void SetDue() =>
        _due = _segment!.Start + (_perTick > 0 ? _ticks + (_rest > 0 ? 1 : 0) : _segment.TicksTo(_need));

    private void EnterNext()
    {
        while (++_index < _timeline.Segments.Length)
        {
            _segment = _timeline.Segments[_index];
            if (_segment.Poisson ? _place < _segment.After : HasUniform(_segment))
            {
                _need = (_segment.Poisson ? _place : (Int128)_uniform * RateSegment.UnitsPerArrival) - _segment.Before;
                _perTick = _segment.IsConstant ? _segment.UnitsPerTick : 0;
                if (_perTick > 0)
                {
                    _ticks = (long)(_need / _perTick);
                    _rest = (long)(_need % _perTick);
                    (_stepTicks, _stepRest) = Math.DivRem(RateSegment.UnitsPerArrival, _perTick);
                }

                SetDue();
                return;
            }
        }

        _segment = null;
    }

    private bool HasUniform(RateSegment segment)
    {
        var reached = (long)(segment.After / RateSegment.UnitsPerArrival) + 1;
        _uniformEnd = Math.Min(reached, _timeline.UniformTotal);
        return _uniform < _uniformEnd;
    }
}
