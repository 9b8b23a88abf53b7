namespace Orca.Results.Files.Page;

/// <summary>The page's drawings.</summary>
internal static class Icons
{
    public const string Orca =
        """<svg viewBox="0 0 32 32" aria-hidden="true"><path fill="currentColor" d="M2 19c3-6 8-8.500 13-8.800C15.500 6.500 17 4 19.500 3c-.4 3 .3 5.400 2 7.700C27 12 30 16 30.500 20c-1.600-1-3-1.300-4.600-1.100 1.400 1.600 1.600 3.600 1 5.600-1.600-.8-2.700-2-3.300-3.600C18 25 8 25.500 2 19z"/><ellipse cx="9.300" cy="16.300" rx="2.600" ry="1.250" transform="rotate(-22 9.300 16.300)" fill="var(--card)"/><path fill="var(--card)" d="M4.500 20.300c4.300 2.700 10 2.700 14.500.6-3 3.300-10.500 3.500-14.500-.6z"/></svg>""";

    public const string Good =
        """<svg class="icon ok-icon" viewBox="0 0 20 20" role="img" aria-label="passed"><path fill="currentColor" d="M10 1a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm4.600 6.800-5.500 6a1 1 0 0 1-1.400 0L5.300 11.400a1 1 0 1 1 1.400-1.400l1.700 1.700 4.700-5.200a1 1 0 1 1 1.500 1.300z"/></svg>""";

    public const string Bad =
        """<svg class="icon bad-icon" viewBox="0 0 20 20" role="img" aria-label="failed"><path fill="currentColor" d="M10 1a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm3.700 11.300a1 1 0 0 1-1.400 1.400L10 11.400l-2.300 2.300a1 1 0 0 1-1.400-1.400L8.600 10 6.300 7.700a1 1 0 0 1 1.400-1.400L10 8.600l2.300-2.300a1 1 0 0 1 1.400 1.400L11.400 10z"/></svg>""";

    public static Trusted Mark(bool passed) => new(passed ? Good : Bad);

    public static Trusted Of(Verdict verdict) => new(verdict switch
    {
        Verdict.Passed => Plain("M4 10.500l4 4 8-9"),
        Verdict.Failed => Plain("M5 5l10 10M15 5L5 15"),
        Verdict.Invalid => Plain("M10 4v7.500M10 15.500v.2"),
        _ => Plain("M5 10h10"),
    });

    private static string Plain(string path) =>
        $"""<svg viewBox="0 0 20 20" aria-hidden="true"><path d="{path}" fill="none" stroke="currentColor" stroke-width="2.600" stroke-linecap="round" stroke-linejoin="round"/></svg>""";
}
