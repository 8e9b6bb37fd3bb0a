using System.Net;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Service.Dashboard;

namespace SparseProp.Cluster.Tests.Dashboard;

/// <summary>The pages as they are sent, without a browser.</summary>
public sealed class DashboardTests : ApiTestBase
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheOverviewShowsSweepsWorkersAndTheirState()
    {
        await using var coordinator = await StartAsync();

        var page = await GetAsync(coordinator, "/");

        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.Contains("""<a href="/sweeps/small">small</a>""", page.Text, StringComparison.Ordinal);
        Assert.Contains("3 of 4 points recorded", page.Text, StringComparison.Ordinal);
        Assert.Contains("✗ 1 failed", page.Text, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">w1</th>""", page.Text, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASweepsPageHasItsMeansItsFailuresAndAFigureOfTheAxesThatAreAskedFor()
    {
        await using var coordinator = await StartAsync();

        var page = await GetAsync(coordinator, "/sweeps/small?x=n&y=cv_isi");
        var part = await GetAsync(coordinator, "/sweeps/small/results?x=n&y=cv_isi");

        Assert.Equal((200, 200), (page.Status, part.Status));
        Assert.Contains("<svg", page.Text, StringComparison.Ordinal);
        Assert.Contains("<option selected>cv_isi</option>", page.Text, StringComparison.Ordinal);
        Assert.Contains("data-source=\"/sweeps/small/results?x=n&amp;y=cv_isi\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("Means over seeds", part.Text, StringComparison.Ordinal);
        Assert.Contains("Failed points", part.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause", "resume")]
    [InlineData("cancel", "resume")]
    public async Task AnOrderIsCarriedOutAndThePageOffersTheNext(string order, string next)
    {
        await using var coordinator = await StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = coordinator.Address };

        using var answer = await client.PostAsync(new Uri($"/sweeps/small/{order}", UriKind.Relative), content: null, Cancellation);

        Assert.Equal((HttpStatusCode.SeeOther, "/sweeps/small"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains($"action=\"/sweeps/small/{next}\"", (await GetAsync(coordinator, "/sweeps/small")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sweeps/nope", 404, "no sweep named nope")]
    [InlineData("/sweeps/NOPE", 400, "lower-case")]
    public async Task WhatIsNotThereIsSaidOnAPage(string path, int status, string words)
    {
        await using var coordinator = await StartAsync();

        var page = await GetAsync(coordinator, path);

        Assert.Equal((status, "text/html"), (page.Status, page.MediaType));
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatOthersWriteIsNeverMarkup()
    {
        const string attack = "<script>alert('x')</script>\"{0}";

        var html = Html.Of($"""<p title="{attack}">{attack}{1.5:0.00}{Html.Of($"<b>{attack}</b>")}</p>""").ToString();

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("1.50<b>&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("{0}", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Count(c => c == '"'));
    }

    [Fact]
    public async Task WithATokenPagesWantASignInAndTheCookieOpensThemAndTheApiForThisSiteOnly()
    {
        await using var coordinator = await LiveCoordinator.StartAsync(options => options with { Token = "secret" });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = coordinator.Address };

        using var first = await client.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        using var wrong = await PostTokenAsync(client, "wrong");
        using var right = await PostTokenAsync(client, "secret");
        using var foreign = await PostTokenAsync(client, "secret", "http://evil.example");

        Assert.Equal("/sign-in", first.Headers.Location?.ToString());
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther), (wrong.StatusCode, right.StatusCode));
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        var cookie = right.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/", cookie));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/api/v1/sweeps", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/api/v1/sweeps", cookie, "http://evil.example"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/api/v1/sweeps", "sparseprop-token=other"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/sign-in", cookie: null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/dashboard.css", cookie: null));
    }

    [Theory]
    [InlineData("/dashboard.css", "text/css")]
    [InlineData("/dashboard.js", "text/javascript")]
    [InlineData("/dashboard.svg", "image/svg+xml")]
    public async Task ABrowserThatHasAnAssetIsNotSentItAgain(string path, string mediaType)
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        using var client = new HttpClient { BaseAddress = coordinator.Address };

        using var first = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.OK, mediaType), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.NotEmpty(await first.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private static Task<HttpResponseMessage> PostTokenAsync(HttpClient client, string token, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return client.SendAsync(request, Cancellation);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, string? cookie, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie.Split(';')[0]);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return response.StatusCode;
    }

    /// <summary>A sweep with two recorded points, a failed one and a waiting one.</summary>
    private static async Task<LiveCoordinator> StartAsync()
    {
        var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        var worker = coordinator.Join();
        worker.Run(2);
        worker.Report(worker.Broke(worker.Take()));
        return coordinator;
    }
}
