using System.Net;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Account;

/// <summary>Wrong passwords slow down who gives them, and nobody else.</summary>
public sealed class GuessingPasswords(GuessingPasswords.BehindAProxy portal) : IClassFixture<GuessingPasswords.BehindAProxy>
{
    private string? network;

    /// <summary>Where this test's guesses come from.</summary>
    private string Attacker => network ??= portal.AnotherNetwork();

    [Theory]
    [InlineData(PortalFactory.OwnerEmail)]
    [InlineData("nobody@example.com")]
    public async Task After_five_failures_the_next_attempt_has_to_wait_whether_there_is_such_an_account_or_not(string email)
    {
        var browser = portal.From(Attacker);
        for (var failure = 0; failure < 5; failure++)
            (await BehindAProxy.Try(browser, email)).Status.Should().Be(HttpStatusCode.UnprocessableEntity);

        var answer = await BehindAProxy.Try(browser, email, PortalFactory.Password);

        answer.Status.Should().Be(HttpStatusCode.TooManyRequests);
        answer.Document.QuerySelector("[role=alert]")!.TextContent.Should().MatchRegex("Wait [1-5] seconds?, then try again");
        answer.Header("Retry-After").Should().BeOneOf("1", "2", "3", "4", "5");
    }

    [Fact]
    public async Task Twenty_wrong_passwords_from_one_address_keep_the_owner_out_of_neither_another_nor_a_known_browser()
    {
        var known = portal.From(Attacker);
        (await BehindAProxy.Try(known, PortalFactory.OwnerEmail, PortalFactory.Password)).Location.Should().Be("/");
        var guesser = portal.From(Attacker);
        for (var failure = 0; failure < 20; failure++) await BehindAProxy.Try(guesser, PortalFactory.OwnerEmail);
        // One that was just counted: however long the others took, a wait has begun now.
        while ((await BehindAProxy.Try(guesser, PortalFactory.OwnerEmail)).Status != HttpStatusCode.UnprocessableEntity)
            await Task.Delay(100);

        var (unknown, elsewhere, again) = (
            await BehindAProxy.Try(portal.From(Attacker), PortalFactory.OwnerEmail, PortalFactory.Password),
            await BehindAProxy.Try(portal.From("198.51.100.1"), PortalFactory.OwnerEmail, PortalFactory.Password),
            await BehindAProxy.Try(known, PortalFactory.OwnerEmail, PortalFactory.Password));

        elsewhere.Location.Should().Be("/");
        unknown.Status.Should().Be(HttpStatusCode.TooManyRequests);
        again.Location.Should().Be("/");
    }

    [Fact]
    public async Task Failures_for_others_make_nobody_at_the_same_address_wait()
    {
        var guesser = portal.From(Attacker);
        for (var failure = 0; failure < 20; failure++) await BehindAProxy.Try(guesser, $"nobody{failure}@example.com");

        (await BehindAProxy.Try(portal.From(Attacker), PortalFactory.OwnerEmail, PortalFactory.Password)).Location.Should().Be("/");
    }

    [Fact]
    public async Task Guessing_over_many_accounts_slows_its_network_down_but_neither_another_nor_a_known_browser()
    {
        var known = portal.From(Attacker);
        (await BehindAProxy.Try(known, PortalFactory.OwnerEmail, PortalFactory.Password)).Location.Should().Be("/");
        await WrongOnes(47);
        var browsers = Enumerable.Range(0, 8).Select(_ => portal.From(Attacker)).ToList();
        var pages = await Task.WhenAll(browsers.Select(b => b.Get("/sign-in")));

        var guesses = await Task.WhenAll(browsers.Select((b, i) => b.Submit(
            pages[i].Form(), ("Email", $"nobody{i}@example.com"), ("Password", "not the password"))));

        guesses.Count(a => a.Status == HttpStatusCode.UnprocessableEntity).Should().Be(3, "fifty are free");
        guesses.Count(a => a.Status == HttpStatusCode.TooManyRequests).Should().Be(5);
        (await BehindAProxy.Try(portal.From(Attacker), PortalFactory.OwnerEmail, PortalFactory.Password)).Status
            .Should().Be(HttpStatusCode.TooManyRequests);
        (await BehindAProxy.Try(portal.From("198.51.100.1"), PortalFactory.OwnerEmail, PortalFactory.Password)).Location.Should().Be("/");
        (await BehindAProxy.Try(known, PortalFactory.OwnerEmail, PortalFactory.Password)).Location.Should().Be("/");
    }

    [Fact]
    public async Task Right_passwords_use_up_nothing_of_their_network()
    {
        await WrongOnes(48);

        for (var office = 0; office < 5; office++)
            (await BehindAProxy.Try(portal.From(Attacker), PortalFactory.OwnerEmail, PortalFactory.Password)).Location.Should().Be("/");

        (await BehindAProxy.Try(portal.From(Attacker), PortalFactory.OwnerEmail)).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_wait_that_is_over_lets_the_right_password_in()
    {
        var browser = portal.From(Attacker);
        for (var failure = 0; failure < 5; failure++) await BehindAProxy.Try(browser, PortalFactory.OwnerEmail);
        (await BehindAProxy.Try(browser, PortalFactory.OwnerEmail, PortalFactory.Password)).Status.Should().Be(HttpStatusCode.TooManyRequests);

        await Task.Delay(TimeSpan.FromSeconds(5.5));

        (await BehindAProxy.Try(browser, PortalFactory.OwnerEmail, PortalFactory.Password)).Location.Should().Be("/");
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_are_counted_one_by_one()
    {
        var browsers = Enumerable.Range(0, 12).Select(_ => portal.From(Attacker)).ToList();
        var pages = await Task.WhenAll(browsers.Select(b => b.Get("/sign-in")));

        var answers = await Task.WhenAll(browsers.Select((b, i) => b.Submit(
            pages[i].Form(), ("Email", PortalFactory.OwnerEmail), ("Password", "not the password"))));

        answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity).Should().Be(5);
        answers.Count(a => a.Status == HttpStatusCode.TooManyRequests).Should().Be(7);
    }

    [Fact]
    public async Task An_IPv6_household_counts_as_one_network()
    {
        for (var failure = 0; failure < 5; failure++)
            await BehindAProxy.Try(portal.From($"2001:db8:1:2::{failure + 1}"), PortalFactory.OwnerEmail);

        var (same, other) = (
            await BehindAProxy.Try(portal.From("2001:db8:1:2:ffff::1"), PortalFactory.OwnerEmail, PortalFactory.Password),
            await BehindAProxy.Try(portal.From("2001:db8:1:3::1"), PortalFactory.OwnerEmail, PortalFactory.Password));

        same.Status.Should().Be(HttpStatusCode.TooManyRequests);
        other.Location.Should().Be("/");
    }

    [Fact]
    public async Task What_is_noted_of_an_account_that_is_not_there_stays_nowhere()
    {
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        await portal.Settled();
        var (access, log) = (await vault.Access.CountAsync(), (await portal.Log()).Count);

        for (var failure = 0; failure < 3; failure++) await BehindAProxy.Try(portal.From(Attacker), $"nobody{failure}@example.com");
        await portal.Settled();

        (await vault.Access.CountAsync()).Should().Be(access);
        (await portal.Log()).Should().HaveCount(log);
    }

    [Fact]
    public async Task A_password_that_was_hashed_with_fewer_iterations_is_hashed_anew_at_the_sign_in()
    {
        var old = new PasswordHasher<MemberLogin>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = 10_000 }));
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        var (memberId, email) = await portal.Joined(Role.Owner);
        var login = await vault.Logins.SingleAsync(l => l.Id == memberId);
        login.PasswordHash = old.HashPassword(login, PortalFactory.Password);
        await vault.SaveChangesAsync();

        await portal.SignedIn(email);

        var kept = await vault.Logins.AsNoTracking().Where(l => l.Id == memberId).Select(l => l.PasswordHash!).SingleAsync();
        IterationsOf(kept).Should().BeGreaterThanOrEqualTo(210_000);
    }

    /// <summary>Bytes 5 to 8 of Identity's format 3, big-endian.</summary>
    private static int IterationsOf(string hash) =>
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5, 4));

    /// <summary>As so many wrong passwords for as many accounts count, without the time that each takes.</summary>
    private async Task WrongOnes(int number)
    {
        var attempts = portal.Services.GetRequiredService<Attempts>();
        for (var failure = 0; failure < number; failure++)
            await attempts.Note(Knock.FromWholeNetwork("sign-in", Attacker), default);
    }

    /// <summary>Where a request says which address it comes from.</summary>
    public sealed class BehindAProxy : PortalFactory
    {
        private int networks;

        public BehindAProxy()
        {
            Settings["Portal:TrustedProxies"] = "10.0.0.0/8";
            HashesInFull = true;
        }

        /// <returns>An address from which nobody came before.</returns>
        public string AnotherNetwork() => $"203.0.113.{++networks}";

        public Browser From(string address)
        {
            var browser = Stranger();
            browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            return browser;
        }

        public static async Task<Page> Try(Browser browser, string email, string password = "not the password")
        {
            var page = await browser.Get("/sign-in");
            return await browser.Submit(page.Form("form[action='/sign-in']"), ("Email", email), ("Password", password));
        }
    }
}

/// <summary>On a portal of its own, whose trail tells of no other failures.</summary>
public sealed class FailuresInTheTrail(GuessingPasswords.BehindAProxy portal) : IClassFixture<GuessingPasswords.BehindAProxy>
{
    [Fact]
    public async Task Failures_stand_in_the_trail_with_their_number_and_not_as_the_members_deed()
    {
        var browser = portal.From("203.0.113.7");
        for (var failure = 0; failure < 3; failure++) await GuessingPasswords.BehindAProxy.Try(browser, PortalFactory.OwnerEmail);
        await portal.Settled();

        var told = (await portal.Log()).Where(r => r.Event is SignInFailed).ToList();

        told.Select(r => ((SignInFailed)r.Event).Failures).Should().Equal(1, 2, 3);
        told.Should().OnlyContain(r => r.Metadata.Actor == Actor.System && r.Metadata.WorkspaceId != Guid.Empty);
        var trail = await (await portal.Owner()).Get("/audit");
        trail.Text.Should().Contain("omebody gave a wrong password");
        var nobody = portal.From("203.0.113.7");
        await GuessingPasswords.BehindAProxy.Try(nobody, "nobody@example.com");
        await portal.Settled();
        (await portal.Log()).Count(r => r.Event is SignInFailed).Should().Be(3, "it is about no member");
    }
}
