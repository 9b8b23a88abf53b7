namespace Orca.Execution;

/// <summary>The error kind that an exception counts under.</summary>
internal static class ErrorKind
{
    /// <summary>The exception's short type name; for HTTP with what went wrong, for a time-out that is thrown as a cancellation the time-out.</summary>
    public static string Of(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => OfHttp(http.HttpRequestError),
        OperationCanceledException { InnerException: TimeoutException } => nameof(TimeoutException),
        _ => exception.GetType().Name,
    };

    private static string OfHttp(HttpRequestError error) => error switch
    {
        HttpRequestError.ConnectionError => "HttpRequestException.ConnectionError",
        HttpRequestError.NameResolutionError => "HttpRequestException.NameResolutionError",
        HttpRequestError.ResponseEnded => "HttpRequestException.ResponseEnded",
        _ => $"{nameof(HttpRequestException)}.{error}",
    };
}
