using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>What a person sends and what does not get through, on every form that there is: nothing typed is lost.</summary>
public sealed class UnsentForms(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Forms = "main form[method=post]";

    private FirstRun portal = null!;
    private IPage page = null!;
    private Journey journey = null!;

    /// <summary>What stands between the browser and the portal, and what the page says of it.</summary>
    private static readonly (string Name, string Told, Func<IRoute, Task> Answer)[] Failures =
    [
        ("offline", "CountingKit did not answer", route => route.AbortAsync("internetdisconnected")),
        ("500", "CountingKit did not answer", route => route.FulfillAsync(new() { Status = 500, ContentType = "text/html", Body = "<h1>Oops</h1>" })),
        ("502", "CountingKit did not answer", route => route.FulfillAsync(new() { Status = 502, Body = "" })),
        ("a network's own page", "CountingKit did not answer", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/html", Body = "<h1>Sign in to this Wi-Fi</h1>" })),
        ("silence", "CountingKit took too long to answer", _ => Task.CompletedTask),
        ("signed out", "You are signed out", route => route.FulfillAsync(new() { Status = 401, Body = "" })),
    ];

    public async Task InitializeAsync()
    {
        portal = await FirstRun.Start();
        page = await chromium.Page();
        journey = new Journey(page, portal.Address);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Every_form_keeps_what_was_typed_and_says_what_happened()
    {
        var walked = new List<string>();
        await Walk("setup", walked);
        await journey.BecomeOwner(portal.OwnerCode);
        await Walk("spreadsheets/connect", walked);
        await journey.Open("spreadsheets/connect");
        await journey.Press("Connect Google account");
        await journey.Press("Allow");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeVisibleAsync();
        var spreadsheets = new Uri(page.Url).PathAndQuery;
        await Walk(spreadsheets, walked);
        await journey.Open(spreadsheets);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Books of the year");
        await journey.Press("Create spreadsheet");
        await Expect(page.GetByText("Books of the year").First).ToBeVisibleAsync();
        await Walk("connections/connect", walked);
        var organization = await journey.ConnectXero();
        await journey.CreateExporter("Invoices");
        var exporter = new Uri(page.Url).AbsolutePath;
        await journey.RunAndWatch("Completed");
        var run = new Uri(page.Url).AbsolutePath;
        await journey.Open($"{exporter}/schedules/new");
        await journey.Press("Add schedule");
        await Expect(page.Locator("#exporter-schedules")).ToContainTextAsync("Edit");
        var schedule = new Uri(portal.Address, await page.Locator("#exporter-schedules a[href$='/edit']").GetAttributeAsync("href")).AbsolutePath;
        await journey.ConnectedTo(organization);
        await journey.Follow(organization);
        var connection = new Uri(page.Url).AbsolutePath;

        foreach (var path in (string[])
            [
                connection, $"{connection}/reconnect", $"{connection}/disconnect", "exporters/new", $"{exporter}/edit", exporter,
                "exporters", $"{exporter}/schedules/new", schedule, $"{exporter}/delete", $"{run}/replay", "spreadsheets", "account", "account/password", "settings/read-models",
            ])
            await Walk(path, walked);
        await page.Context.ClearCookiesAsync();
        foreach (var path in (string[])["sign-in", "restore"]) await Walk(path, walked);

        walked.Should().HaveCountGreaterThan(30).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Who_signs_in_again_in_another_tab_sends_what_was_typed()
    {
        await journey.BecomeOwner(portal.OwnerCode);
        await journey.Open("account/password");
        await page.GetByLabel("Current password").FillAsync(Journey.Password);
        foreach (var label in (string[])["New password", "Confirm new password"])
            await page.GetByLabel(label, new() { Exact = true }).FillAsync("another horse battery staple");
        await page.Context.ClearCookiesAsync();

        await journey.Press("Change password");
        await Expect(page.Locator("#notice")).ToContainTextAsync("You are signed out");
        var other = await page.RunAndWaitForPopupAsync(() => journey.Follow("Sign in in another tab"));
        await new Journey(other, portal.Address).SignIn();
        await journey.Press("Try again");

        await Expect(page.Locator("#notice")).ToContainTextAsync("Your password is changed.");
    }

    [Fact]
    public async Task A_refused_form_leads_to_what_is_wrong()
    {
        await journey.BecomeOwner(portal.OwnerCode);
        await journey.Open("exporters/new");
        await page.GetByLabel("Name of the exporter").FillAsync("");

        await journey.Press("Create exporter");

        await Expect(page.Locator("#form-errors")).ToBeFocusedAsync();
        await Expect(page.Locator("#form-errors a")).ToHaveCountAsync(3);
        await page.Locator("#form-errors").GetByRole(AriaRole.Link, new() { Name = "Give the exporter a name." }).ClickAsync();
        await Expect(page.GetByLabel("Name of the exporter")).ToBeFocusedAsync();
        (await page.GetByLabel("Name of the exporter").GetAttributeAsync("aria-invalid")).Should().Be("true");

        await journey.Open("account/password");
        await page.GetByLabel("Current password").FillAsync("not this one at all");
        foreach (var label in (string[])["New password", "Confirm new password"])
            await page.GetByLabel(label, new() { Exact = true }).FillAsync("another horse battery staple");
        await journey.Press("Change password");
        await Expect(page.Locator("#form-errors")).ToBeFocusedAsync();
    }

    private async Task Walk(string path, List<string> walked)
    {
        await journey.Open(path);
        var forms = await page.Locator(Forms).CountAsync();
        forms.Should().BePositive("{0} has forms", path);
        for (var i = 0; i < forms; i++)
        {
            await journey.Open(path);
            await page.EvaluateAsync("() => { for (const part of document.querySelectorAll('main details')) part.open = true; }");
            var form = page.Locator(Forms).Nth(i);
            await Fill(form);
            var typed = await Entries(form);
            var name = $"{path}: {await form.GetAttributeAsync("action")}";
            foreach (var (failure, told, answer) in Failures)
            {
                await page.RouteAsync("**/*", route => route.Request.Method == "POST" ? answer(route) : route.FallbackAsync());
                await page.EvaluateAsync($"() => {{ htmx.config.timeout = {(failure == "silence" ? 200 : 0)}; }}");
                await form.Locator("button[type=submit]:visible").Last.ClickAsync();

                await Expect(page.Locator("#notice")).ToContainTextAsync(told);
                await Expect(page.Locator("#notice")).ToContainTextAsync("Not saved yet: what you entered is still here.");
                await Expect(page.Locator("#notice .alert")).ToBeFocusedAsync();
                (await Entries(form)).Should().Be(typed, "{0}, {1}", name, failure);
                await Expect(form.Locator(".btn-loading")).ToHaveCountAsync(0);
                await page.UnrouteAllAsync();
                await page.EvaluateAsync("() => document.getElementById('notice').replaceChildren()");
            }

            walked.Add(name);
        }
    }

    /// <summary>Something in each field that is empty.</summary>
    private static async Task Fill(ILocator form)
    {
        foreach (var field in await form.Locator("input:visible, textarea:visible").AllAsync())
        {
            var kind = await field.GetAttributeAsync("type") ?? "text";
            if (await field.InputValueAsync() is { Length: > 0 } && kind is not ("checkbox" or "radio" or "file")) continue;
            switch (kind)
            {
                case "text": await field.FillAsync("Typed by hand"); break;
                case "email": await field.FillAsync(Journey.Email); break;
                case "password": await field.FillAsync(Journey.Password); break;
            }
        }

        foreach (var choice in await form.Locator("select:visible").AllAsync())
            if (await choice.InputValueAsync() == "" && await choice.Locator("option").CountAsync() > 1)
                await choice.SelectOptionAsync(new SelectOptionValue { Index = 1 });
    }

    private static Task<string> Entries(ILocator form) => form.EvaluateAsync<string>(
        "form => JSON.stringify([...form.elements].filter(e => e.name && e.type !== 'hidden').map(e => [e.name, e.checked ?? null, e.value]))");
}
