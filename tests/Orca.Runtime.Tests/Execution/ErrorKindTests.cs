using Orca.Execution;

namespace Orca.Tests.Execution;

public sealed class ErrorKindTests
{
    [Fact]
    public void Of_AnException_IsItsShortName() => Assert.Equal("InvalidDataException", ErrorKind.Of(new InvalidDataException()));

    [Fact]
    public void Of_HttpFailure_SaysWhatWentWrong()
    {
        Assert.Equal("HttpRequestException.ConnectionError", ErrorKind.Of(new HttpRequestException(HttpRequestError.ConnectionError)));
        Assert.Equal("HttpRequestException.InvalidResponse", ErrorKind.Of(new HttpRequestException(HttpRequestError.InvalidResponse)));
        Assert.Equal("HttpRequestException", ErrorKind.Of(new HttpRequestException("404")));
    }

    [Fact]
    public void Of_TimeOutThrownAsCancellation_IsTheTimeOut() =>
        Assert.Equal("TimeoutException", ErrorKind.Of(new TaskCanceledException("x", new TimeoutException())));
}
