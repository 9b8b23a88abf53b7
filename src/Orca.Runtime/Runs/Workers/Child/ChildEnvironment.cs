using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Orca.Runs.Workers.Child;

/// <summary>
/// Which of the drone's environment variables a test's process gets: those that programs need to run, and those that the drone
/// names. Names tell too little of what holds a secret for a list of those to withhold.
/// </summary>
/// <param name="Patterns">The names of more variables, with <c>*</c> and <c>?</c>.</param>
internal sealed record ChildEnvironment(ImmutableArray<string> Patterns)
{
    private static readonly string[] Usual =
    [
        // Who and where.
        "PATH", "PATHEXT", "HOME", "HOMEDRIVE", "HOMEPATH", "USER", "LOGNAME", "USERNAME", "USERPROFILE", "USERDOMAIN", "HOSTNAME", "COMPUTERNAME",
        "TMPDIR", "TMP", "TEMP", "XDG_*", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES*", "PROGRAMW6432", "COMMONPROGRAM*", "ALLUSERSPROFILE",
        "PUBLIC", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "OS", "NUMBER_OF_PROCESSORS", "PROCESSOR_*",

        // Language and time.
        "LANG", "LANGUAGE", "LC_*", "TZ", "TZDIR",

        // The runtime and the libraries below it.
        "DOTNET_*", "COMPLUS_*", "CLR_ICU_VERSION_OVERRIDE", "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_*", "MALLOC_*", "GLIBC_TUNABLES",

        // The way to the target.
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF", "KRB5_CONFIG",
    ];

    /// <summary>The usual ones alone.</summary>
    public static ChildEnvironment Least { get; } = new([]);

    /// <summary>Removes from an environment what a test does not get.</summary>
    public void Restrict(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => !Passes(name)).ToList())
        {
            environment.Remove(name);
        }
    }

    // Two underscores are a colon of the drone's configuration, also behind the prefix that hosts read: DOTNET_Orca__Redis__Password.
    private bool Passes(string name) =>
        (!name.Contains("__", StringComparison.Ordinal) && Usual.Any(pattern => Matches(pattern, name))) || Patterns.Any(pattern => Matches(pattern, name));

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
