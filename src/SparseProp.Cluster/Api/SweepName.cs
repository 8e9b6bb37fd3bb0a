using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SparseProp.Cluster.Api;

/// <summary>A sweep's name as part of an address.</summary>
internal static partial class SweepName
{
    /// <summary>The route parameter.</summary>
    public const string Parameter = "name";

    /// <exception cref="ApiException">It can be no sweep's name.</exception>
    public static string Of(HttpContext context)
    {
        var name = context.GetRouteValue(Parameter) as string ?? "";
        return Form().IsMatch(name)
            ? name
            : throw ApiException.BadRequest("a sweep's name has 1 to 64 lower-case letters, digits and dashes");
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex Form();
}
