using System.Text;
using Orca.Results;
using Orca.Results.Files.Page;
using Orca.TestKit;

namespace Orca.Tests.Results;

/// <summary>The report as a person has it: opened from its file in a browser, zoomed, sorted, toggled.</summary>
public sealed class ReportInBrowserTests(OneBrowser shared) : IClassFixture<OneBrowser>, IDisposable
{
    private const string Ready = "document.documentElement?.dataset.ready === 'yes'";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_OpenedAndUsed_ZoomsSortsTogglesAndStaysInItsFile()
    {
        var browser = await shared.GetAsync();
        await browser.EmulateAsync("", "light");
        await browser.OpenAsync(await WriteAsync(RichReport.Make()), Ready);

        // Every chart has drawn something.
        Assert.Equal(7, await browser.EvaluateAsync<int>("document.querySelectorAll('.plot canvas').length"));

        // Dragging across one chart zooms them all, and the figures follow.
        Assert.Equal("0s – 2m 00s", await browser.EvaluateAsync<string>("document.querySelector('#window b').textContent"));
        await browser.DragAcrossAsync("#chart-latency .u-over", 0.25, 0.5);
        await browser.UntilAsync("document.querySelector('#window b').textContent !== '0s – 2m 00s'");
        Assert.InRange(await browser.EvaluateAsync<double>("parseFloat(document.querySelector('#window b').textContent)"), 28, 32);
        Assert.False(await browser.EvaluateAsync<bool>("document.getElementById('zoom-out').disabled"));
        await browser.EvaluateAsync<bool>("document.getElementById('zoom-out').click()");
        await browser.UntilAsync("document.querySelector('#window b').textContent === '0s – 2m 00s'");

        // The keyboard does it too, and reads values out.
        await browser.EvaluateAsync<bool>("document.getElementById('chart-rate').focus()");
        await browser.PressAsync("ArrowRight");
        await browser.UntilAsync("document.querySelector('#chart-rate ~ .said').textContent.includes('arrivals due')");
        await browser.PressAsync("+");
        await browser.UntilAsync("!document.getElementById('zoom-out').disabled");
        await browser.PressAsync("0");
        await browser.UntilAsync("document.getElementById('zoom-out').disabled");

        // A line is hidden by its legend entry.
        await browser.EvaluateAsync<bool>("document.querySelector('#chart-latency .u-legend .u-series:nth-child(2) th').click()");
        await browser.UntilAsync("document.querySelector('#chart-latency .u-legend .u-series:nth-child(2)').classList.contains('u-off')");

        // Another scope, other times, another scale, another reading of the drones.
        await ChooseAsync(browser, "scope", "t0");
        await browser.UntilAsync("document.getElementById('chart-heat').hidden");
        await ChooseAsync(browser, "scope", "s0");
        await browser.UntilAsync("!document.getElementById('chart-heat').hidden");
        await browser.EvaluateAsync<bool>("document.querySelector('#base button[value=service]').click()");
        await browser.EvaluateAsync<bool>("document.querySelector('#scale button[value=log]').click()");
        Assert.Equal("true", await browser.EvaluateAsync<string>("document.querySelector('#scale button[value=log]').getAttribute('aria-pressed')"));
        await ChooseAsync(browser, "health", "memory");
        await browser.UntilAsync("document.querySelector('#chart-drones canvas')");

        // Sorting keeps steps with their scenario.
        const string firstStep = "document.querySelector('#statistics tbody tr.step:nth-child(2) th').textContent";
        await browser.EvaluateAsync<bool>("document.querySelector('#statistics thead th:nth-child(2) button').click()");
        Assert.Equal("descending", await browser.EvaluateAsync<string>("document.querySelector('#statistics thead th:nth-child(2)').getAttribute('aria-sort')"));
        var most = await browser.EvaluateAsync<string>(firstStep);
        await browser.EvaluateAsync<bool>("document.querySelector('#statistics thead th:nth-child(2) button').click()");
        Assert.NotEqual(most, await browser.EvaluateAsync<string>(firstStep));

        // Dark and light; a chart's figures as a table.
        await browser.EvaluateAsync<bool>("document.getElementById('theme').click()");
        Assert.Equal("dark", await browser.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        await browser.EvaluateAsync<bool>("(document.querySelector('#chart-rate ~ details').open = true)");
        await browser.UntilAsync("document.querySelectorAll('#chart-rate ~ details tbody tr').length > 100");

        Assert.True(await browser.EvaluateAsync<bool>("(localStorage.clear(), true)"));
        Assert.Empty(browser.Complaints);
        Assert.All(browser.Requests, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_HostileNames_RunNothing()
    {
        const string hostile = "</script></title><script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\">' onmouseover='window.hacked=1";
        var browser = await shared.GetAsync();
        await browser.OpenAsync(await WriteAsync(RichReport.Make(name: hostile)), Ready);
        await ChooseAsync(browser, "scope", "t0");
        await browser.EvaluateAsync<bool>("(document.querySelectorAll('details').forEach(d => { d.open = true; }), true)");
        await browser.EvaluateAsync<bool>("(document.querySelectorAll('*').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', { bubbles: false }))), true)");

        Assert.True(await browser.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.Equal(0, await browser.EvaluateAsync<int>("document.querySelectorAll('img').length"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Report_FiftyStepsAndAnHour_OpensWithAllItsCharts()
    {
        var browser = await shared.GetAsync();
        await browser.OpenAsync(await WriteAsync(RichReport.Make(seconds: 3600, steps: 50)), Ready);

        // From the beginning of the navigation, by the page's own clock.
        var (open, drawn) = (await MarkAsync("orca-open"), await MarkAsync("orca-drawn"));
        Assert.InRange(open, 1, drawn);
        TestContext.Current.TestOutputHelper!.WriteLine($"Open, with tables and what is in view, after {open:0} ms; all charts drawn after {drawn:0} ms.");
        Assert.Equal(7, await browser.EvaluateAsync<int>("document.querySelectorAll('.plot canvas').length"));
        await ChooseAsync(browser, "scope", "t49");
        await browser.UntilAsync("document.getElementById('chart-heat').hidden");
        Assert.Empty(browser.Complaints);

        Task<double> MarkAsync(string name) => browser.EvaluateAsync<double>($"performance.getEntriesByName('{name}')[0].startTime");
    }

    [Fact]
    public async Task Report_Printed_IsLightAndUnfolded()
    {
        var browser = await shared.GetAsync();
        await browser.EmulateAsync("", "dark");
        await browser.OpenAsync(await WriteAsync(RichReport.Make()), Ready);
        Assert.Equal("dark", await browser.EvaluateAsync<string>("document.documentElement.dataset.theme"));

        await browser.EmulateAsync("print", "dark");
        await browser.UntilAsync("document.documentElement.dataset.theme === 'light'");

        // Charts take the width of the page, whatever it is, and are drawn finer than a screen shows.
        await browser.UntilAsync("[...document.querySelectorAll('.plot canvas')].length === 7");
        Assert.True(await browser.EvaluateAsync<bool>("[...document.querySelectorAll('.plot canvas')].every(c => Math.abs(c.getBoundingClientRect().width - c.closest('.plot').clientWidth) < 1 && c.width >= 1440)"));
        Assert.Equal(0, await browser.EvaluateAsync<int>("document.querySelectorAll('details.fold:not([open])').length"));

        await browser.EmulateAsync("", "dark");
        await browser.UntilAsync("document.documentElement.dataset.theme === 'dark'");
        await browser.UntilAsync("[...document.querySelectorAll('.plot canvas')].length === 7 && [...document.querySelectorAll('.plot canvas')].every(c => c.width === c.closest('.plot').clientWidth)");
        Assert.Empty(browser.Complaints);
    }

    private static Task ChooseAsync(Chromium browser, string select, string value) =>
        browser.EvaluateAsync<bool>($"(() => {{ const s = document.getElementById('{select}'); s.value = '{value}'; s.dispatchEvent(new Event('change')); return s.value === '{value}'; }})()");

    private async Task<string> WriteAsync(RunReport report)
    {
        var path = Path.Combine(_folder.Path, "report.html");
        await using var target = File.Create(path);
        await ReportPage.WriteAsync(report, target, TestContext.Current.CancellationToken);
        return path;
    }
}
