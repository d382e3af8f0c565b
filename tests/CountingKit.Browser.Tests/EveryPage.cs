using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>Every page in every state that a person meets: empty, filled, refused, asking, in trouble, with names as long as can be.</summary>
public sealed class EveryPage(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const int LeastRows = 15;

    private static readonly string LongName = string.Join(' ', Enumerable.Repeat("Wollongong", 9));
    private static readonly string LongWord = new('W', 100);

    private static readonly string[] Places =
    [
        "", "connections", "connections/connect", "spreadsheets", "spreadsheets/connect", "exporters", "exporters/new",
        "exporters/new?dataset=balanceSheet", "runs",
        "audit", "help", "account", "account/password", "settings/read-models", "settings/set-aside", "styleguide", "nowhere",
    ];

    private readonly Barriers barriers = new();
    private FirstRun portal = null!;
    private bool isCutOff;
    private IPage page = null!;
    private Journey journey = null!;

    public async Task InitializeAsync()
    {
        portal = await FirstRun.Start();
        page = await chromium.Page();
        journey = new Journey(page, portal.Address);
        // What a refusal or a page that is not there is answered with, the browser notes by itself; and what is cut off here.
        barriers.ListenTo(page, portal.Address, text => isCutOff
            || text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal));
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Is_without_barriers_in_both_themes_and_no_wider_than_a_telephone()
    {
        await Look("setup");
        await page.GetByLabel("One-time code").FillAsync("WRONG");
        await Fill(("Workspace", LongName), ("Your name", LongName), ("Email", Journey.Email), ("Confirm password", Journey.Password));
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Journey.Password);
        await Refused("Create account", "#form-errors");
        await journey.BecomeOwner(portal.OwnerCode);
        foreach (var place in Places) await Look(place, "empty");

        await Filled();
        foreach (var place in Places) await Look(place, "filled");
        foreach (var list in (string[])["connections", "exporters", "runs"]) await ShowsManyRows(list);
        await FilterRuns();
        await InTrouble();
        await Stranger();

        barriers.Looks.Should().BeGreaterThan(55);
        string.Join("\n", barriers.Found).Should().BeEmpty();
    }

    private async Task Scheduled(string exporter)
    {
        await Look($"{exporter}/schedules/new", "asked");
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/London");
        await Expect(page.Locator("#next-runs li")).ToHaveCountAsync(5);
        await barriers.Look(page, "next runs");
        await page.GetByLabel("Repeats").SelectOptionAsync("Cron");
        await page.GetByLabel("Cron expression").FillAsync("* * * * *");
        await Refused("Add schedule", "#form-errors");
        await page.GetByLabel("Cron expression").FillAsync("0 6 * * 1-5");
        await journey.Press("Add schedule");
        await Expect(page.Locator("#exporter-schedules")).ToContainTextAsync("Cron 0 6 * * 1-5");
        await barriers.Look(page, "a schedule");
    }

    private async Task Filled()
    {
        await journey.ConnectGoogle(LongName);
        await barriers.Look(page, "a spreadsheet");
        var organization = await journey.ConnectXero();
        await barriers.Look(page, "connected");
        await journey.Open("exporters/new");
        await Fill(("Heading of Customer", "Reference"));
        await Refused("Create exporter", "#form-errors");
        await Fill(("Heading of Customer", ""));
        await page.GetByLabel("Tab", new() { Exact = true }).FillAsync(LongWord);
        await page.GetByLabel("Name of the exporter").FillAsync(LongWord);
        await journey.Press("Create exporter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(LongWord);
        var exporter = Path();
        await barriers.Look(page, "never run");
        using (var sandbox = await journey.Sandbox())
        {
            await sandbox.Control.SetGate("xero", "GET /api.xro/2.0/Invoices", after: 1);
            await journey.Press("Run");
            await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Reading from Xero" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Expect(page.Locator("#run-progress-line")).ToContainTextAsync("1,000 of 1,500 records · page 1 of 2");
            await Expect(page.Locator("#run-said")).ToContainTextAsync("half");
            await barriers.Look(page, "running");
            await Look("", "running");
            await Look("exporters", "running");
            await page.GoBackAsync();
            await page.GoBackAsync();
            await sandbox.Control.ReleaseGate();
        }

        await Expect(page.Locator("#run .status-badge").First).ToContainTextAsync("Completed", new() { Timeout = 120_000 });
        await Expect(page.Locator("#run-progress")).ToHaveCountAsync(0);
        var run = Path();
        await barriers.Look(page, "completed");
        await Look($"{run}/rows", "kept");
        await Look($"{run}/compare", "nothing to compare with");
        await Look($"{run}/replay", "asked");
        await Fill(("New tab", ""));
        await Refused("Replay", "[aria-invalid]");
        await Look($"{exporter}/edit", "");
        await Change();
        await Look($"{exporter}/delete", "asked");
        await Look(exporter, "run");
        await Scheduled(exporter);
        await Compared(exporter, run, organization);

        await journey.ConnectedTo(organization);
        await journey.Follow(organization);
        var connection = Path();
        await page.GetByText("Change alias, client code and tags").ClickAsync();
        await page.EvaluateAsync("() => document.getElementById('alias').removeAttribute('maxlength')");
        await Fill(("Alias", LongWord + "W"), ("Client code", new string('W', 40)), ("Tags, separated by commas", "one, two"));
        await Refused("Save", "#form-errors");
        await Fill(("Alias", LongName));
        await journey.Press("Save");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(LongName);
        await barriers.Look(page, "labeled");
        await Look($"{connection}/reconnect", "asked");
        await Look($"{connection}/disconnect", "asked");
        await Fill(("Type", "another name"));
        await Refused("Disconnect and delete 1 exporter", "[aria-invalid]");
        await Look("account/password", "asked");
        await Fill(("Current password", "not this one at all"), ("Confirm new password", "something else"));
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("short");
        await page.EvaluateAsync("() => document.querySelectorAll('[minlength]').forEach(field => field.removeAttribute('minlength'))");
        await Refused("Change password", "#form-errors");
        await Look("audit?text=nothing%20has%20this", "nothing found");
        await Look("connections?search=nothing%20has%20this", "nothing found");
        await journey.CreateExporter("Second");
        var second = Path();
        await Look("exporters", "several");
        await journey.Open($"{second}/delete");
        await journey.Press("Delete");
        await Expect(page.Locator("#notice")).ToContainTextAsync("Deleted.");
    }

    /// <summary>One of its invoices is another one at the next run, whose columns and dates are others, too.</summary>
    private async Task Compared(string exporter, string run, string organization)
    {
        await journey.Open(run.TrimStart('/'));
        var invoice = await page.Locator("#run .data-table tbody tr").First.Locator("td").Last.InnerTextAsync();
        using (var sandbox = await journey.Sandbox())
        {
            var known = (await sandbox.Control.Get<JsonArray>("_/xero/organizations")).Single(o => o!["name"]!.GetValue<string>() == organization);
            await sandbox.Control.Post($"_/xero/organizations/{known!["tenantId"]}/invoices", new
            {
                invoices = new[]
                {
                    JsonNode.Parse($$"""
                        {"InvoiceID":"{{invoice}}","Type":"ACCREC","Status":"PAID","InvoiceNumber":"T-1","Total":1,
                         "Date":"/Date(1772323200000+0000)/","Contact":{"Name":"{{LongWord}}"} }
                        """),
                },
            });
        }

        await journey.Open(exporter.TrimStart('/'));
        await journey.Press("Run");
        await Expect(page.Locator("#run .status-badge").First).ToContainTextAsync("Warnings", new() { Timeout = 120_000 });
        var next = Path();
        await Look($"{next}/compare", "compared");
        await Expect(page.Locator("#changed-rows td.is-changed").First).ToBeVisibleAsync();
        await Expect(page.Locator("#other-columns")).ToContainTextAsync("Reference");
        await Look($"{next}/rows?only=Changed", "changed");
        await Expect(page.Locator("td.is-changed").First).ToBeVisibleAsync();
        await Look($"{next}/rows?only=Removed", "removed");
    }

    /// <summary>The trail tells what was changed of the exporter whose form is open.</summary>
    private async Task Change()
    {
        await page.GetByLabel("Use Reference").UncheckAsync();
        await page.GetByLabel("Order of Total Tax", new() { Exact = true }).FillAsync("1");
        await page.GetByLabel("Heading of Total", new() { Exact = true }).FillAsync(LongWord);
        await page.GetByLabel("Date from").FillAsync("2026-01-01");
        await journey.Press("Save changes");
        await page.WaitForURLAsync(url => !url.EndsWith("/edit", StringComparison.Ordinal));
        await journey.Open("audit?type=exporter-changed");
        await page.Locator(".audit-line > summary").First.ClickAsync();
        await Expect(page.Locator(".audit-changes")).ToContainTextAsync("removed Reference; moved Total Tax before");
        await Expect(page.Locator(".audit-changes")).ToContainTextAsync("the beginning → Jan 1, 2026");
        await barriers.Look(page, "a change");
        await page.GetByText("Before and after, in full").First.ClickAsync();
        await barriers.Look(page, "a change in full");
    }

    /// <summary>Days are the reader's own, and the filter stands in the address.</summary>
    private async Task FilterRuns()
    {
        await journey.Open("runs");
        await Expect(page.Locator("label[for=from]")).ToHaveTextAsync("From (your time)");
        await page.Locator("#from").FillAsync("2020-01-01");
        await page.WaitForURLAsync(url => url.Contains("from=2020-01-01"));
        await Expect(page.Locator("[class*=htmx-]")).ToHaveCountAsync(0); // What is typed into a part that goes is gone with it.
        await page.Locator("#to").FillAsync("2020-01-31");
        await Expect(page.Locator("#run-list")).ToContainTextAsync("No runs match this filter");
        await Expect(page.Locator("label[for=to]")).ToHaveTextAsync("To (your time)");
        page.Url.Should().Contain("to=2020-01-31").And.Contain("zone=");
        await barriers.Look(page, "nothing found");
        await journey.Follow("Show all");
        await Expect(page.Locator("#run-list tbody tr").First).ToBeVisibleAsync();
    }

    private async Task InTrouble()
    {
        using var sandbox = await journey.Sandbox();
        isCutOff = true;
        await page.RouteAsync("**/test", route => route.AbortAsync());
        await journey.Open("connections");
        await journey.Follow(LongName);
        var connection = Path();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("did not answer");
        await barriers.Look(page, "not sent");
        await page.UnrouteAllAsync();
        isCutOff = false;

        await journey.Press("Pause");
        await Expect(page.Locator("#connection-actions")).ToContainTextAsync("Resume");
        await Expect(page.Locator("#notice")).ToBeEmptyAsync();
        await barriers.Look(page, "paused");
        await journey.Press("Resume");
        await Expect(page.Locator("#connection-actions")).ToContainTextAsync("Pause");

        foreach (var person in await sandbox.Control.Get<JsonArray>("_/xero/people"))
            await sandbox.Control.Post($"_/xero/grants/{person!["id"]}/revoke", new { });
        await sandbox.Control.Post("_/xero/tokens/expire", new { });
        await journey.Press("Test");
        await Expect(page.Locator(".status-badge").First).ToContainTextAsync("Expired");
        await barriers.Look(page, "expired");
        await Look("", "expired");
        await Look("connections", "expired");
        await journey.Open("exporters");
        await journey.Follow(LongWord);
        await barriers.Look(page, "its connection expired");
        await journey.Open(connection);
        await journey.Follow("Disconnect");
        await page.GetByLabel("Type").FillAsync(await page.Locator("label[for=typed] strong").InnerTextAsync());
        await page.Locator("#disconnect-form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".status-badge").First).ToContainTextAsync("Disconnected", new() { Timeout = 60_000 });
        await barriers.Look(page, "disconnected");
        await Look("exporters", "deleted");
        await Look("connections?health=Disconnected", "disconnected");
    }

    private async Task Stranger()
    {
        await page.Context.ClearCookiesAsync();
        await Look("sign-in");
        await Fill(("Email", Journey.Email), ("Password", "not this one at all"));
        await Refused("Sign in", "#form-errors");
        await Look("restore");
        await Fill(("One-time code", "WRONG"), ("Confirm new password", Journey.Password));
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(Journey.Password);
        await Refused("Set the password", "#form-errors");
    }

    /// <summary>A row is a line, so that a screen shows fifteen of them under what stands above.</summary>
    private async Task ShowsManyRows(string list)
    {
        await journey.Open(list);
        var rows = await page.EvaluateAsync<double>(
            """
            () => {
              const row = document.querySelector('.list-table tbody tr').getBoundingClientRect();
              return (innerHeight - row.top) / row.height;
            }
            """);
        rows.Should().BeGreaterThanOrEqualTo(LeastRows, "{0}", list);
    }

    private async Task Look(string path, string state = "")
    {
        await journey.Open(path.TrimStart('/'));
        await barriers.Look(page, state);
    }

    /// <summary>The form comes back, and says what is wrong where the focus is.</summary>
    private async Task Refused(string button, string place)
    {
        await journey.Press(button);
        await Expect(page.Locator(place).First).ToBeFocusedAsync();
        await barriers.Look(page, "refused");
    }

    private async Task Fill(params (string Label, string Text)[] fields)
    {
        foreach (var (label, text) in fields) await page.GetByLabel(label).First.FillAsync(text);
    }

    private string Path() => new Uri(page.Url).AbsolutePath;
}
