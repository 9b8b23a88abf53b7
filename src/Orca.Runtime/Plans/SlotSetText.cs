using System.Globalization;
using System.Text;

namespace Orca.Plans;

/// <summary>The text form of a <see cref="SlotSet"/>: its total, then progressions <c>first+step*count</c> and single slots.</summary>
/// <remarks>Read strictly and within bounds, since it comes over the network: no signs, no blanks, no slot twice.</remarks>
internal static class SlotSetText
{
    // How many of the slots that follow are tried as the second of a progression; two dealt progressions lie interleaved, so the next alone is not enough.
    private const int Lookahead = 8;

    public static string Write(SlotSet set)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{set.Total}:");
        var slots = set.Slots().ToList();
        var left = new HashSet<int>(slots);
        var separator = "";
        for (var i = 0; i < slots.Count; i++)
        {
            var first = slots[i];
            if (!left.Contains(first))
            {
                continue;
            }

            var (step, count) = LongestFrom(slots, i, left);
            for (var n = 0; n < count; n++)
            {
                left.Remove(first + (n * step));
            }

            text.Append(separator).Append(CultureInfo.InvariantCulture, $"{first}");
            if (count > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"+{step}*{count}");
            }

            separator = ",";
        }

        return text.ToString();
    }

    public static SlotSet? Read(string text, out string? error)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !TryNumber(text.AsSpan(0, colon), SlotSet.MostSlots, out var total) || total == 0 || total % SlotSet.SlotsPerDrone != 0)
        {
            error = $"Slots begin with their total, a multiple of {SlotSet.SlotsPerDrone} up to {SlotSet.MostSlots}, and a colon.";
            return null;
        }

        var taken = new bool[total];
        var rest = text.AsSpan(colon + 1);
        foreach (var range in rest.Split(','))
        {
            var item = rest[range];
            if (item.IsEmpty && rest.IsEmpty)
            {
                break;
            }

            if (!TryItem(item, total, out var first, out var step, out var count))
            {
                error = "Slots are single slots, or progressions first+step*count, separated by commas, all below the total.";
                return null;
            }

            for (var n = 0; n < count; n++)
            {
                ref var slot = ref taken[first + (n * step)];
                if (slot)
                {
                    error = $"Slot {first + (n * step)} is there twice.";
                    return null;
                }

                slot = true;
            }
        }

        error = null;
        return SlotSet.Of(total, Enumerable.Range(0, total).Where(slot => taken[slot]));
    }

    private static (int Step, int Count) LongestFrom(List<int> slots, int index, HashSet<int> left)
    {
        var first = slots[index];
        var best = (Step: 1, Count: 1);
        var tried = 0;
        for (var i = index + 1; i < slots.Count && tried < Lookahead; i++)
        {
            if (!left.Contains(slots[i]))
            {
                continue;
            }

            tried++;
            var step = slots[i] - first;
            var count = 2;
            while (left.Contains(first + (count * step)))
            {
                count++;
            }

            if (count > best.Count && count > 2)
            {
                best = (step, count);
            }
        }

        return best;
    }

    private static bool TryItem(ReadOnlySpan<char> item, int total, out int first, out int step, out int count)
    {
        (step, count) = (1, 1);
        var plus = item.IndexOf('+');
        if (plus < 0)
        {
            return TryNumber(item, total - 1, out first);
        }

        var star = item.IndexOf('*');
        step = count = 0;
        return TryNumber(item[..plus], total - 1, out first)
            && star > plus
            && TryNumber(item[(plus + 1)..star], total, out step)
            && TryNumber(item[(star + 1)..], total, out count)
            && step > 0
            && count > 1
            && first + ((long)step * (count - 1)) < total;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int most, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 7
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= most;
    }
}
