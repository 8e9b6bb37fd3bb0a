using Microsoft.Playwright;
using SparseProp.Chaos;
using SparseProp.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace SparseProp.Browser.Tests;

/// <summary>The coordinator's pages in a browser, beside a cluster of processes that runs a sweep.</summary>
public sealed class DashboardTests(Browser browser) : IAsyncLifetime
{
    // A minute of work, and a point that no machine has memory for.
    private const string Sweep = """
        name: seen
        model: lif
        grid: { n: [2000, 4000, 1000000000], k: [50] }
        zip: { seed_ic: 1..400, seed_net: 1..400 }
        stop: { spikes_per_neuron: 20 }
        engine: heap
        """;

    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = Hang.Milliseconds };

    private readonly WorkFolder _folder = new();
    private readonly List<string> _complaints = [];
    private ClusterUnderTest? _cluster;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Address => new($"http://{_cluster!.ClientArguments[1]}/");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact(Explicit = true)]
    public async Task ARunningSweepIsFollowedAndCancelledByTheKeyboardAlone()
    {
        var page = await OpenAsync();
        await SubmitAsync();

        // It was not there when the page was loaded, and the page is not loaded again.
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "seen" })).ToBeVisibleAsync(new() { Timeout = Hang.Milliseconds });
        await page.GetByRole(AriaRole.Link, new() { Name = "seen" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "seen", Level = 1 })).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByText("points per second")).ToBeVisibleAsync(Patiently);
        await Expect(page.Locator("figure svg")).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByText("memory").First).ToBeVisibleAsync(Patiently);
        var before = await page.Locator("figure svg").InnerHTMLAsync();
        await page.WaitForFunctionAsync(
            "before => document.querySelector('figure svg').innerHTML !== before", before, new() { Timeout = Hang.Milliseconds });

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Cancel seen? What is recorded stays.")).ToBeVisibleAsync(Patiently);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".state.cancelled")).ToBeVisibleAsync(Patiently);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator(".state.running")).ToBeVisibleAsync(Patiently);
        Assert.Empty(_complaints);
    }

    [Fact(Explicit = true)]
    public async Task AQuestionWaitsForItsAnswerWhileTheSweepGoesOn()
    {
        var page = await OpenAsync();
        await SubmitAsync();
        await page.GotoAsync("/sweeps/seen");
        var state = page.GetByLabel("State");

        await AskAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it running" }).ClickAsync();
        var before = await state.InnerTextAsync();
        await Expect(state).Not.ToHaveTextAsync(before, new() { Timeout = Hang.Milliseconds, UseInnerText = true });
        await Expect(page.Locator(".state.running")).ToBeVisibleAsync(Patiently);

        await AskAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await Expect(page.Locator(".state.cancelled")).ToBeVisibleAsync(Patiently);
        Assert.Empty(_complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1200, Explicit = true)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task PagesFitTheScreenAndAreReadableInEitherScheme(ColorScheme scheme, int width)
    {
        var page = await OpenAsync(scheme, width);
        await SubmitAsync();
        foreach (var path in (string[])["/", "/sweeps/seen"])
        {
            await page.GotoAsync(path);

            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than the screen");
            Assert.Empty(await page.EvaluateAsync<string[]>(Contrast));
            Assert.Empty(await page.EvaluateAsync<string[]>(BrokenCells));
            Assert.Equal(1, await page.Locator("h1").CountAsync());
            Assert.Equal(0, await page.Locator("th:not([scope])").CountAsync());
            await Expect(page.Locator("main")).ToHaveCountAsync(1);
        }

        Assert.Empty(_complaints);
    }

    [Fact(Explicit = true)]
    public async Task WhenTheCoordinatorGoesThePageSaysSoAndGoesOnWithItsSuccessor()
    {
        var page = await OpenAsync();
        await _cluster!.Coordinators[0].KillAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync(Patiently);

        _cluster.StartCoordinator();

        await Expect(page.GetByRole(AriaRole.Status)).ToBeHiddenAsync(new() { Timeout = Hang.Milliseconds });
        await SubmitAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "seen" })).ToBeVisibleAsync(Patiently);
    }

    [Fact(Explicit = true)]
    public async Task WithATokenOneSignsInFirst()
    {
        var page = await OpenAsync(withToken: true);
        await page.GetByLabel("The coordinator's token").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync(Patiently);
        await page.GetByLabel("The coordinator's token").FillAsync(await File.ReadAllTextAsync(_cluster!.ClientArguments[3], Cancellation));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Cluster", Level = 1 })).ToBeVisibleAsync(Patiently);
        await SubmitAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "seen" })).ToBeVisibleAsync(Patiently);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.GotoAsync("/");
        await Expect(page.GetByLabel("The coordinator's token")).ToBeVisibleAsync(Patiently);
    }

    // Cells of numbers and names that take more than a line.
    private const string BrokenCells = """
        () => [...document.querySelectorAll('td:not(.prose), th')].filter(cell => {
          const content = document.createRange();
          content.selectNodeContents(cell);
          return new Set([...content.getClientRects()].map(line => Math.round(line.top))).size > 1;
        }).map(cell => cell.textContent)
        """;

    // Text whose contrast with what is behind it is below 4.5, by the formula of WCAG 2.
    private const string Contrast = """
        () => {
          const parse = color => (color.match(/[\d.]+/g) ?? []).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let e = element; e; e = e.parentElement) {
              const [r, g, b, a = 1] = parse(getComputedStyle(e).backgroundColor);
              if (a > 0) return [r, g, b];
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll('main *, header *')]
            .filter(e => !e.closest('svg') && e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => [e, luminance(parse(getComputedStyle(e).color)), luminance(behind(e))])
            .filter(([, a, b]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5)
            .map(([e]) => e.outerHTML.slice(0, 80));
        }
        """;

    private async Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1200, bool withToken = false)
    {
        _cluster = new ClusterUnderTest(_folder.Path, withToken: withToken);
        _cluster.StartCoordinator();
        _cluster.StartWorker();
        await _cluster.AwaitWorkersAsync(1, Cancellation);
        var page = await browser.OpenAsync(Address, scheme, width);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        await page.GotoAsync("/");
        return page;
    }

    // Leaves the question open for longer than the page waits between two looks at the sweep: nothing moves under it.
    private async Task AskAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        var recorded = await page.EvaluateAsync<int>("fetch('/api/v1/sweeps/seen').then(answer => answer.json()).then(sweep => sweep.recorded)");
        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        var shown = await page.GetByLabel("State").InnerTextAsync();
        await _cluster!.AwaitRecordedAsync("seen", recorded + 20, Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);
        Assert.Equal(shown, await page.GetByLabel("State").InnerTextAsync());
        await Expect(page.GetByText("Cancel seen? What is recorded stays.")).ToBeVisibleAsync(Patiently);
    }

    private async Task SubmitAsync()
    {
        using var client = _cluster!.Client();
        await client.SubmitAsync(System.Text.Encoding.UTF8.GetBytes(Sweep), "seen.yaml", priority: null, retryFailed: false, files: null, Cancellation);
        await _cluster.AwaitRecordedAsync("seen", 3, Cancellation);
    }
}
