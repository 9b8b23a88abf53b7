using System.Text;

namespace Orca.TestKit;

/// <summary>The lines by which two texts differ, by their longest common subsequence, with no context around them.</summary>
internal static class LineDiff
{
    private const int MostLines = 60;

    public static string Between(string before, string after)
    {
        var (a, b) = (before.Split('\n'), after.Split('\n'));
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var text = new StringBuilder();
        var lines = 0;
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            if (++lines > MostLines)
            {
                return text.Append("…\n").ToString();
            }

            var added = i == a.Length || (j < b.Length && common[i, j + 1] >= common[i + 1, j]);
            text.Append(added ? "+ " : "- ").Append(added ? b[j++] : a[i++]).Append('\n');
        }

        return text.ToString();
    }
}
