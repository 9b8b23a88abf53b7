namespace Orca.Packages;

/// <summary>Holds entries of the cache while a run uses them: whoever makes room leaves them alone, in this process and in others.</summary>
internal sealed class PackageLease : IDisposable
{
    private readonly List<FileStream> _held = [];

    public PackageLease(IEnumerable<string> markers)
    {
        foreach (var marker in markers)
        {
            try
            {
                _held.Add(new FileStream(marker, FileMode.Open, FileAccess.Read, FileShare.Read));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is not there, or is being removed: loading will tell.
            }
        }
    }

    public void Dispose() => _held.ForEach(held => held.Dispose());
}
