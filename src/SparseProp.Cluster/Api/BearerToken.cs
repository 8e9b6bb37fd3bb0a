using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SparseProp.Cluster.Api;

/// <summary>Lets only those pass who know the token; health is everybody's.</summary>
internal sealed class BearerToken(string token)
{
    private const string Scheme = "Bearer";

    // Digests, so that the comparison takes equally long whatever the length of what is shown.
    private readonly byte[] _expected = DigestOf(token);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(HealthRoutes.Health, StringComparison.Ordinal) || Knows(context.Request))
        {
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = Scheme;
        throw ApiException.Of(
            StatusCodes.Status401Unauthorized,
            "not authorised",
            "this coordinator wants its token in the header Authorization: Bearer TOKEN");
    }

    private bool Knows(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var shown)
        && shown is { Scheme: Scheme, Parameter: { } parameter }
        && CryptographicOperations.FixedTimeEquals(DigestOf(parameter), _expected);

    private static byte[] DigestOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
