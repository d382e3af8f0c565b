using System.Net;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Account;

/// <summary>A session is over when the portal says so, whatever cookies somebody still has.</summary>
public sealed class EndingSessions : IAsyncLifetime
{
    private readonly StopWatch watch = new();
    private readonly PortalFactory portal;

    public EndingSessions() => portal = new IdlePortal(watch);

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_the_sign_out()
    {
        var (browser, cookie) = await SignIn();
        (await Ask(cookie)).StatusCode.Should().Be(HttpStatusCode.OK);

        await SignOut(browser);

        (await Ask(cookie)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Signing_out_ends_one_session_and_leaves_the_others()
    {
        var (here, elsewhere) = (await portal.Owner(), await portal.Owner());

        await SignOut(here);

        (await here.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        (await elsewhere.Get("/test/fine")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_account_page_lists_the_sessions_and_ends_one()
    {
        var (here, elsewhere) = (await portal.Owner(), await portal.Owner());
        var page = await here.Get("/account");
        page.Document.QuerySelectorAll("#sessions tbody tr").Should().HaveCount(2);
        page.Document.QuerySelectorAll("#sessions tbody strong").Should().ContainSingle();
        var other = page.Document.QuerySelectorAll("#sessions tbody tr").Single(row => row.QuerySelector("strong") is null);

        var answer = await here.Submit((AngleSharp.Html.Dom.IHtmlFormElement)other.QuerySelector("form")!);

        answer.Location.Should().Be("/account");
        (await elsewhere.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        (await here.Get("/account")).Document.QuerySelectorAll("#sessions tbody tr").Should().ContainSingle();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_and_the_trail_says_so()
    {
        var (here, elsewhere) = (await portal.Owner(), await portal.Owner());
        var page = await here.Get("/account");

        var answer = await here.Submit(page.Form("form[action='/account/sessions/end']"));

        answer.Location.Should().Be("/sign-in");
        (await here.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        (await elsewhere.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        (await portal.Logged<MemberSignedOut>()).Everywhere.Should().BeTrue();
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another_member()
    {
        var owner = await portal.Owner();
        var viewer = await portal.Member(Messaging.Role.Viewer);
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        var ownerId = (await vault.Logins.SingleAsync(l => l.Email == PortalFactory.OwnerEmail)).Id;
        var session = await vault.Sessions.SingleAsync(s => s.MemberId == ownerId);
        var form = (await viewer.Get("/account")).Form("form[action$='/end']");
        form.SetAttribute("action", $"/account/sessions/{session.Id}/end");

        await viewer.Submit(form);

        (await owner.Get("/test/fine")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 24 * 30)]
    public async Task A_session_ends_after_its_time_however_much_it_is_used(bool isKept, int hours)
    {
        var (_, cookie) = await SignIn(isKept);
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        var session = await vault.Sessions.SingleAsync();
        (session.EndsAt - session.StartedAt).Should().Be(TimeSpan.FromHours(hours));

        session.EndsAt = session.StartedAt.AddSeconds(-1);
        await vault.SaveChangesAsync();

        (await Ask(cookie)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_live_stream_ends_with_its_session_at_once()
    {
        var (browser, cookie) = await SignIn();
        await KeepARunGoing();
        // By its own look, which is due every two seconds, it would never find out.
        watch.Stop();
        using var stream = await Ask(cookie, "/runs/live");
        stream.StatusCode.Should().Be(HttpStatusCode.OK);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).Should().Be("event: changed");
        var rest = lines.ReadToEndAsync();

        await SignOut(browser);

        var within = await Task.WhenAny(rest, Task.Delay(TimeSpan.FromSeconds(10)));
        within.Should().BeSameAs(rest);
    }

    [Fact]
    public async Task A_live_stream_ends_with_a_session_that_ended_in_another_portal()
    {
        var (_, cookie) = await SignIn();
        await KeepARunGoing();
        using var stream = await Ask(cookie, "/runs/live");
        var rest = stream.Content.ReadAsStringAsync();
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();

        await vault.Sessions.ExecuteDeleteAsync();

        (await Task.WhenAny(rest, Task.Delay(TimeSpan.FromSeconds(20)))).Should().BeSameAs(rest);
    }

    [Fact]
    public async Task A_member_has_five_live_streams_at_most()
    {
        var (_, cookie) = await SignIn();
        await KeepARunGoing();
        var streams = new List<HttpResponseMessage>();
        for (var one = 0; one < 5; one++) streams.Add(await Ask(cookie, "/runs/live"));

        using var sixth = await Ask(cookie, "/runs/live");

        streams.Should().OnlyContain(s => s.StatusCode == HttpStatusCode.OK);
        sixth.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        streams.ForEach(s => s.Dispose());
    }

    /// <summary>A run that stays in the queue: nothing works here.</summary>
    private async Task KeepARunGoing()
    {
        var (exporter, connection, story) = (Guid.CreateVersion7(), Guid.CreateVersion7(), await Story.Of(portal));
        var configuration = Story.Invoices(connection);
        await story.Click(
            SpreadsheetTabs.StreamOf("sheet"), [connection], new TabClaimed("sheet", "Invoices", exporter, configuration));
        await story.Click(
            RunQueue.StreamOf(exporter), [connection],
            new RunQueued(exporter, Guid.CreateVersion7(), 1, configuration, "sheet", Guid.CreateVersion7(), RunTrigger.Person));
    }

    private async Task<(Browser Browser, string Cookie)> SignIn(bool isKept = false)
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/sign-in");
        var answer = await browser.Submit(
            page.Form(), ("Email", PortalFactory.OwnerEmail), ("Password", PortalFactory.Password),
            ("RememberMe", isKept ? "true" : "false"));
        var cookie = answer.Answer.Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("countingkit=", StringComparison.Ordinal)).Split(';')[0];
        return (browser, cookie);
    }

    private static async Task SignOut(Browser browser) =>
        await browser.Submit((await browser.Get("/")).Form("form[action='/sign-out']", inFrame: true));

    /// <summary>As a thief does: with the cookie alone.</summary>
    private async Task<HttpResponseMessage> Ask(string cookie, string path = "/test/fine")
    {
        var http = portal.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The time of day goes on and delays end, but nothing seems to take any time from the stop on.</summary>
    private sealed class StopWatch : TimeProvider
    {
        private long stoppedAt;

        public override long GetTimestamp()
        {
            var stopped = Interlocked.Read(ref stoppedAt);
            return stopped == 0 ? base.GetTimestamp() : stopped;
        }

        public void Stop() => Interlocked.Exchange(ref stoppedAt, base.GetTimestamp());
    }

    /// <summary>A portal that queues work and does none.</summary>
    private sealed class IdlePortal(TimeProvider time) : PortalFactory
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                services.Remove(services.Single(s => s.ImplementationType == typeof(WorkHost)));
                services.AddSingleton(time);
            });
        }
    }
}
