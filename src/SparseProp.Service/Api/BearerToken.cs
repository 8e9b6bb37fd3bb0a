using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SparseProp.Service.Dashboard;

namespace SparseProp.Service.Api;

/// <summary>
/// Lets only those pass who know the token, by a header or, in a browser, by the cookie of the page where it was entered. Health and
/// that page are everybody's.
/// </summary>
internal sealed class BearerToken(string token)
{
    /// <summary>The cookie of browsers.</summary>
    public const string Cookie = "sparseprop-token";

    private const string Scheme = "Bearer";

    // Digests, so that the comparison takes equally long whatever the length of what is shown.
    private readonly byte[] _expected = DigestOf(token);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(HealthRoutes.Health, StringComparison.Ordinal)
            || DashboardRoutes.IsOpen(request.Path)
            || Knows(request)
            || (BrowserGuard.IsOfThisSite(request) && request.Cookies[Cookie] is { } kept && IsToken(kept)))
        {
            return next(context);
        }

        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && DashboardRoutes.IsPage(request.Path))
        {
            context.Response.Redirect(DashboardRoutes.SignIn);
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = Scheme;
        throw ApiException.Of(
            StatusCodes.Status401Unauthorized,
            "not authorised",
            "this coordinator wants its token in the header Authorization: Bearer TOKEN");
    }

    /// <summary>Compares in the same time whatever is shown.</summary>
    public bool IsToken(string shown) => CryptographicOperations.FixedTimeEquals(DigestOf(shown), _expected);

    private bool Knows(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var shown)
        && shown is { Scheme: Scheme, Parameter: { } parameter }
        && IsToken(parameter);

    private static byte[] DigestOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
