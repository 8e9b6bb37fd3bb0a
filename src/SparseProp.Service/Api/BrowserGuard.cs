using System.Net;
using Microsoft.AspNetCore.Http;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Api;

/// <summary>
/// Where no token is asked for, a page of another site must not give orders through the browser of somebody who has access:
/// neither by posting here, nor by letting its own name point to this machine.
/// </summary>
internal sealed class BrowserGuard(HostPort endpoint)
{
    private readonly bool _isLocal = IsLocal(endpoint.Host);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (_isLocal && !IsLocal(request.Host.Host.Trim('[', ']')))
        {
            throw Refusal($"this coordinator listens on loopback only and is not called {request.Host.Host}");
        }

        return IsOfThisSite(request) ? next(context) : throw Refusal("pages of other sites have no access");
    }

    /// <summary>Whether a request comes from a page of this site, or from no page at all.</summary>
    public static bool IsOfThisSite(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();

        // Whether the way here was encrypted is not known behind a proxy.
        return origin.Length == 0 || origin == $"http://{request.Host}" || origin == $"https://{request.Host}";
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static ApiException Refusal(string detail) => ApiException.Of(StatusCodes.Status403Forbidden, "forbidden", detail);
}
