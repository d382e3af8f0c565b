using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>Somebody guesses the owner's password from the office that the owner works in, too.</summary>
public sealed class GuessedPasswords(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Office = "203.0.113.7";
    private const string Home = "198.51.100.1";
    private const int Guesses = 20;

    private FirstRun portal = null!;

    public async Task InitializeAsync() => portal = await FirstRun.Start(trustedProxies: "127.0.0.0/8,::1/128");

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Twenty_wrong_passwords_keep_the_owner_out_of_neither_another_address_nor_a_known_browser_at_the_same()
    {
        var owner = await chromium.Page(address: Office);
        var known = new Journey(owner, portal.Address);
        await known.BecomeOwner(portal.OwnerCode);
        await owner.Locator(".member-menu summary").ClickAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

        var guesser = await chromium.Page(address: Office);
        await guesser.GotoAsync(new Uri(portal.Address, "sign-in").AbsoluteUri);
        var answers = new List<string>();
        for (var guess = 0; guess < Guesses; guess++)
        {
            await guesser.GetByLabel("Email").FillAsync(Journey.Email);
            await guesser.GetByLabel("Password").FillAsync(string.Create(CultureInfo.InvariantCulture, $"guess number {guess}"));
            await guesser.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            // The page before says something like it too, but only the answer's page has forgotten the password.
            await Expect(guesser.GetByLabel("Password")).ToBeEmptyAsync();
            answers.Add(await guesser.GetByRole(AriaRole.Alert).InnerTextAsync());
        }

        // Not necessarily the last: on a slow machine a wait may be over before the next guess.
        answers.Should().Contain(answer => answer.Contains("Wait"));
        await new Journey(await chromium.Page(address: Home), portal.Address).SignIn();
        await known.SignIn();
    }
}
