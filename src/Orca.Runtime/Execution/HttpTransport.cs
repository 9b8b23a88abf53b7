namespace Orca.Execution;

/// <summary>Where the requests of <c>user.Http</c> go: the seam at which another client plugs in. One for each scenario, from any thread.</summary>
internal abstract class HttpTransport : IDisposable
{
    /// <summary>Whether each iteration has connections of its own.</summary>
    public abstract bool IsPerIteration { get; }

    /// <summary>What sends a user's requests, until it is given back; it follows no redirects and keeps no cookies.</summary>
    public abstract HttpMessageInvoker Connect();

    public abstract void Disconnect(HttpMessageInvoker connection);

    public abstract void Dispose();
}
