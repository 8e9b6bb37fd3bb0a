using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Service.Api;
using SparseProp.Service.Api.Description;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;
using EntityTagHeaderValue = Microsoft.Net.Http.Headers.EntityTagHeaderValue;

namespace SparseProp.Service.Dashboard;

/// <summary>Pages for people with a browser: the cluster, and each sweep. They show what the API tells, and give the same orders.</summary>
/// <param name="gateway">The way to the coordinator.</param>
/// <param name="stores">Stores of the sweeps.</param>
/// <param name="membership">The cluster as the node sees it; null while it is in none.</param>
/// <param name="token">What must be shown; null where everybody may come.</param>
internal sealed class DashboardRoutes(
    CoordinatorGateway gateway, StoreReaders stores, Func<ClusterMembership?> membership, BearerToken? token)
{
    public const string SignIn = "/sign-in";

    private const string SignOut = "/sign-out";
    private const string Sweep = $"/sweeps/{{{SweepName.Parameter}}}";
    private const string Overview = "/overview";
    private const string TokenField = "token";
    private const string RetrySeconds = "3";
    private const int MostFormBytes = 4096;
    private const int StatusSeconds = 1;
    private const int ResultsSeconds = 5;

    // Nothing but what this server sends; figures carry their colours as attributes of style.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Assets = new()
    {
        ["/dashboard.css"] = "text/css",
        ["/dashboard.js"] = "text/javascript",
        ["/dashboard.svg"] = "image/svg+xml",
    };

    private readonly SweepPaces _paces = new(TimeProvider.System);

    /// <summary>Whether it is served to those who do not know the token.</summary>
    public static bool IsOpen(PathString path) => path.Value is SignIn || Assets.ContainsKey(path.Value ?? "");

    /// <summary>Whether it is a page for people, who are asked for the token on another.</summary>
    public static bool IsPage(PathString path) => path.Value is "/" || path.StartsWithSegments("/sweeps", StringComparison.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, type) in Assets)
        {
            var content = ContentOf(path);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
            Get(routes, path, context => SendAsync(context, content, type, tag));
        }

        Get(routes, "/", context => ShowAsync(context, "Cluster", LiveOverviewAsync));
        Get(routes, Overview, context => WriteAsync(context, OverviewAsync));
        Get(routes, Sweep, context => ShowAsync(context, $"{context.Request.RouteValues[SweepName.Parameter]}", SweepAsync));
        Get(routes, $"{Sweep}/status", context => WriteAsync(context, StatusAsync));
        Get(routes, $"{Sweep}/results", context => WriteAsync(context, ResultsAsync));
        Post(routes, $"{Sweep}/pause", context => OrderAsync(context, name => new Pause(name)));
        Post(routes, $"{Sweep}/resume", context => OrderAsync(context, name => new Resume(name)));
        Post(routes, $"{Sweep}/cancel", context => OrderAsync(context, name => new Cancel(name)));
        Post(routes, $"{Sweep}/retry-failed", context => OrderAsync(context, name => new RetryFailed(name)));
        if (token is not null)
        {
            Get(routes, SignIn, context => ShowAsync(context, "Sign in", SignInFormAsync));
            Post(routes, SignIn, SignInAsync);
            Post(routes, SignOut, SignOutAsync);
        }
    }

    private static void Get(IEndpointRouteBuilder routes, string path, RequestDelegate handler) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], handler).ExcludeFromDescription();

    private static void Post(IEndpointRouteBuilder routes, string path, RequestDelegate handler) =>
        routes.MapPost(path, handler).ExcludeFromDescription().WithMetadata(new FormLimit());

    private static byte[] ContentOf(string path)
    {
        using var asset = typeof(DashboardRoutes).Assembly.GetManifestResourceStream(path[1..])!;
        var content = new byte[asset.Length];
        asset.ReadExactly(content);
        return content;
    }

    // A browser keeps it and asks each time whether it is still the same: after an upgrade it is not.
    private static Task SendAsync(HttpContext context, byte[] content, string type, EntityTagHeaderValue tag)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(content, $"{type}; charset=utf-8", entityTag: tag).ExecuteAsync(context);
    }

    /// <summary>A whole page, and where that is not possible one that says why.</summary>
    private async Task ShowAsync(HttpContext context, string title, Func<HttpContext, Task<Html>> content)
    {
        try
        {
            var isSignIn = context.Request.Path == SignIn;
            await WriteAsync(context, async asked => Page.Of(title, await content(asked), canSignOut: token is not null && !isSignIn, changes: !isSignIn));
        }
        catch (ApiException refused)
        {
            context.Response.StatusCode = refused.Problem.Status;
            if (refused.Problem.Status >= StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers["Refresh"] = RetrySeconds;
            }

            await WriteAsync(context, _ => Task.FromResult(Page.Of(
                refused.Problem.Title,
                Html.Of($"""<h1>{refused.Problem.Title}</h1><p>{refused.Problem.Detail}</p><p><a href="/">The cluster</a></p>"""),
                canSignOut: false)));
        }
    }

    private static async Task WriteAsync(HttpContext context, Func<HttpContext, Task<Html>> content)
    {
        var html = (await content(context)).ToString();
        var headers = context.Response.Headers;
        context.Response.ContentType = "text/html; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    private async Task<Html> LiveOverviewAsync(HttpContext context) => Page.Live(Overview, StatusSeconds, await OverviewAsync(context));

    private async Task<Html> OverviewAsync(HttpContext context)
    {
        var sweeps = await gateway.AskAsync<SweepList>(new ListSweeps(), context.RequestAborted);
        var cluster = await gateway.AskAsync<ClusterStatus>(new GetCluster(), context.RequestAborted);
        _paces.Keep(sweeps.Sweeps.Select(sweep => sweep.Name));
        return OverviewPage.Content(
            [.. sweeps.Sweeps.Select(SweepDocument.Of)],
            ClusterDocument.Of(cluster),
            [.. (membership()?.Members ?? []).Select(MemberRoutes.DocumentOf)],
            _paces);
    }

    private async Task<Html> SweepAsync(HttpContext context)
    {
        var name = SweepName.Of(context);
        var sweep = await AskAsync(context);
        var query = context.Request.QueryString;
        return Html.Of($"""
            <h1>{name}</h1>
            {Page.Live($"/sweeps/{name}/status", StatusSeconds, SweepPage.Status(sweep, _paces))}
            {SweepPage.Notices(sweep)}
            <h2>Results</h2>
            {await AxesAsync(context, name)}
            {Page.Live($"/sweeps/{name}/results{query}", ResultsSeconds, await ResultsAsync(context))}
            """);
    }

    private async Task<Html> StatusAsync(HttpContext context) => SweepPage.Status(await AskAsync(context), _paces);

    private async Task<SweepDocument> AskAsync(HttpContext context) =>
        SweepDocument.Of(await gateway.AskAsync<SweepStatus>(new GetSweep(SweepName.Of(context)), context.RequestAborted));

    private async Task<Html> ResultsAsync(HttpContext context)
    {
        var (x, y) = (context.Request.Query["x"].ToString(), context.Request.Query["y"].ToString());
        return await stores.ReadAsync(
            SweepName.Of(context),
            folder => Html.Of($"{Figure(SweepResults.Draw(folder, x, y))}{SweepResults.Read(folder, context.RequestAborted)}"),
            context.RequestAborted);
    }

    private async Task<Html> AxesAsync(HttpContext context, string name)
    {
        var plan = await stores.ReadAsync(name, SweepTable.PlanOf, context.RequestAborted);
        var axes = SweepResults.AxesOf(plan);
        var query = context.Request.Query;
        return axes.Count == 0 ? new Html() : Html.Of($"""
            <form class="axes" method="get" action="/sweeps/{name}">
            {Choice("x", "Horizontal axis", axes, query["x"])}
            {Choice("y", "Vertical axis", SweepResults.ValuesOf(plan), query["y"])}
            <button>Draw</button></form>
            """);
    }

    private static Html Choice(string name, string label, IEnumerable<string> words, string? chosen) => Html.Of($"""
        <label>{label}<br><select name="{name}">{Html.All(words.Select(word => word == chosen
            ? Html.Of($"<option selected>{word}</option>")
            : Html.Of($"<option>{word}</option>")))}</select></label>
        """);

    private static Html Figure(string? svg) => svg is null ? new Html() : Html.Of($"<figure>{Html.Trusted(svg)}</figure>");

    private async Task OrderAsync(HttpContext context, Func<string, IRequest> orderFor)
    {
        var name = SweepName.Of(context);
        await ShowAsync(context, name, async _ =>
        {
            await gateway.AskAsync<SweepStatus>(orderFor(name), context.RequestAborted);
            context.Response.Headers.Location = $"/sweeps/{name}";
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            return new Html();
        });
    }

    private async Task SignInAsync(HttpContext context)
    {
        if (!BrowserGuard.IsOfThisSite(context.Request))
        {
            throw ApiException.Of(StatusCodes.Status403Forbidden, "forbidden", "pages of other sites have no access");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var shown = form[TokenField].ToString().Trim();
        if (!token!.IsToken(shown))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await ShowAsync(context, "Sign in", SignInFormAsync);
            return;
        }

        context.Response.Cookies.Append(BearerToken.Cookie, shown, CookieOf(context));
        context.Response.Headers.Location = "/";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    private Task SignOutAsync(HttpContext context)
    {
        context.Response.Cookies.Delete(BearerToken.Cookie, CookieOf(context));
        context.Response.Headers.Location = SignIn;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }

    // Gone with the browser, out of reach of scripts, and not sent on the way from other sites.
    private static CookieOptions CookieOf(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        // The browser's own words: a proxy may have taken the encryption away on the way here.
        Secure = context.Request.Headers.Origin.ToString().StartsWith("https:", StringComparison.Ordinal),
    };

    private static Task<Html> SignInFormAsync(HttpContext context) => Task.FromResult(Html.Of($"""
        <h1>Sign in</h1>
        <form method="post" action="{SignIn}">
        <p><label for="token">The coordinator's token</label><br><input id="token" name="{TokenField}" type="password" autocomplete="current-password" required autofocus></p>
        {(context.Response.StatusCode == StatusCodes.Status401Unauthorized ? Html.Of($"""<p class="bad" role="alert">That is not the token.</p>""") : new Html())}
        <button>Sign in</button></form>
        """));

    private sealed record FormLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MostFormBytes;
    }
}
