using System.Net;

namespace Orca.Execution;

/// <summary>The rules by which a redirect is followed: those of <see cref="SocketsHttpHandler"/>.</summary>
internal static class HttpRedirect
{
    /// <summary>Turns a request into the one that its answer asks for; false where there is none, or it may not be followed.</summary>
    public static bool TryFollow(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
        {
            return false;
        }

        var from = request.RequestUri!;
        var to = location.IsAbsoluteUri ? location : new Uri(from, location);
        if (from.Fragment.Length > 0 && to.Fragment.Length == 0)
        {
            to = new UriBuilder(to) { Fragment = from.Fragment }.Uri;
        }

        if ((to.Scheme != Uri.UriSchemeHttp && to.Scheme != Uri.UriSchemeHttps)
            || (from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp))
        {
            return false;
        }

        // Credentials and the cookies of the old address are not for the new one.
        request.Headers.Authorization = null;
        request.Headers.Remove("Cookie");
        request.RequestUri = to;
        if (BecomesGet(response.StatusCode, request.Method))
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
            if (request.Headers.TransferEncodingChunked == true)
            {
                request.Headers.TransferEncodingChunked = false;
            }
        }

        return true;
    }

    private static bool IsRedirect(HttpStatusCode status) => status is
        HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool BecomesGet(HttpStatusCode status, HttpMethod method) => status switch
    {
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.MultipleChoices => method == HttpMethod.Post,
        HttpStatusCode.SeeOther => method != HttpMethod.Get && method != HttpMethod.Head,
        _ => false,
    };
}
