using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CountingKit.Browser.Tests;

/// <summary>
/// Looks at pages as they stand: with axe in both themes, whether they are wider than a telephone, and what the console complains
/// of. All that is found is told at the end.
/// </summary>
internal sealed class Barriers
{
    /// <summary>A folder for pictures of the pages, narrow and wide, light and dark; null = none are taken.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("COUNTINGKIT_PICTURES");

    private static readonly string[] Themes = ["light", "dark"];

    private const int Wide = 1280;
    private const int Narrow = 390;
    private const int Height = 900;

    private readonly List<string> found = [];

    public IReadOnlyList<string> Found => found;

    /// <summary>How many pages were looked at.</summary>
    public int Looks { get; private set; }

    /// <summary>From now on the console's errors that come from the portal count.</summary>
    /// <param name="isExpected">What the browser says of answers that a test makes on purpose.</param>
    public void ListenTo(IPage page, Uri portal, Func<string, bool>? isExpected = null) => page.Console += (_, message) =>
    {
        if (message.Type == "error" && message.Location.StartsWith(portal.AbsoluteUri, StringComparison.Ordinal)
            && isExpected?.Invoke(message.Text) != true)
            found.Add($"{message.Location}: {message.Text}");
    };

    /// <param name="state">What the page is like just now, where its address does not tell.</param>
    public async Task Look(IPage page, string state = "")
    {
        Looks++;
        var name = $"{new Uri(page.Url).AbsolutePath} {state}".TrimEnd();
        found.AddRange((await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.list-scroll')].filter(list => list.scrollWidth > list.clientWidth)
              .map(list => `a list of ${list.scrollWidth} pixels where there are ${list.clientWidth}`)
            """)).Select(wide => $"{name}: {wide}"));
        foreach (var theme in Themes)
        {
            await Show(page, theme);
            var said = await page.RunAxe();
            found.AddRange(said.Violations.SelectMany(v => v.Nodes.Select(node => $"{name}, {theme}: {v.Id}: {v.Help}: {node.Html}")));
            if (Pictures is not null) await Picture(page, Wide, theme);
        }

        await page.SetViewportSizeAsync(Narrow, Height);
        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        if (width > Narrow) found.Add($"{name}: {width} pixels wide where there are {Narrow}");
        if (Pictures is not null)
            foreach (var theme in Themes) await Picture(page, Narrow, theme);
        await page.SetViewportSizeAsync(Wide, Height);
        await Show(page, Themes[0]);
    }

    /// <summary>Colors that are still on their way from the other theme are nobody's to read.</summary>
    private static Task Show(IPage page, string theme) => page.EvaluateAsync(
        """
        theme => {
          document.documentElement.dataset.bsTheme = theme;
          return Promise.allSettled(document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished));
        }
        """, theme);

    private async Task Picture(IPage page, int width, string theme)
    {
        await Show(page, theme);
        var file = string.Create(CultureInfo.InvariantCulture, $"{GetHashCode() % 1000:000}-{Looks:00}-{width}-{theme}.png");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures!, file), FullPage = width == Narrow });
    }
}
