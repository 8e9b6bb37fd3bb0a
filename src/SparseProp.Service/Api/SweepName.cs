using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SparseProp.Service.Api.Description;
using SparseProp.Sweeps;

namespace SparseProp.Service.Api;

/// <summary>A sweep's name as part of an address.</summary>
internal static partial class SweepName
{
    /// <summary>The route parameter.</summary>
    public const string Parameter = "name";

    public static RouteParameter<string> InPath { get; } = RouteParameter.PathText(
        Parameter,
        "The sweep's name, as in its file.",
        "a sweep's: 1 to 64 lower-case letters, digits and dashes",
        SweepSpec.LongestName,
        "^[a-z0-9-]+$",
        Form().IsMatch);

    /// <exception cref="ApiException">It can be no sweep's name.</exception>
    public static string Of(HttpContext context) => InPath.Of(context);

    [GeneratedRegex(@"^[a-z0-9-]+\z")]
    private static partial Regex Form();
}
