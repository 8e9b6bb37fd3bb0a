using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SparseProp.Service.Api.Limits;

/// <summary>Bounds the requests of one address by a bucket of tokens that fills again; those who watch the process's health are exempt.</summary>
internal static class RequestRate
{
    // A household or machine has a whole network of this length.
    private const int NetworkBytes = 8;

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    public static void AddTo(IServiceCollection services, ApiLimits limits)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.MostAtOnce,
            TokensPerPeriod = (int)Math.Max(1, limits.MostPerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 1 / limits.MostPerSecond)),
        };
        services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => IsExempt(context.Request.Path)
                ? RateLimitPartition.GetNoLimiter(IPAddress.None)
                : RateLimitPartition.GetTokenBucketLimiter(NetworkOf(context.Connection.RemoteIpAddress), _ => bucket));
            options.OnRejected = (rejected, _) => throw ApiException.TooMany(
                FormattableString.Invariant($"one address may send {limits.MostPerSecond} requests a second; send fewer"),
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TryAgain);
        });
    }

    public static void Use(IApplicationBuilder app) => app.UseRateLimiter();

    private static bool IsExempt(PathString path) =>
        path.StartsWithSegments(HealthRoutes.Health, StringComparison.Ordinal) || path.StartsWithSegments(MetricsRoute.Path, StringComparison.Ordinal);

    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. plain.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]])
            : plain;
    }
}
