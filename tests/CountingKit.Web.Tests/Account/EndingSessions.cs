using System.Net;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
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
public sealed class EndingSessions(EndingSessions.IdlePortal portal) : IClassFixture<EndingSessions.IdlePortal>
{
    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_the_sign_out()
    {
        var (browser, cookie) = await portal.SignIn();
        (await portal.Ask(cookie)).StatusCode.Should().Be(HttpStatusCode.OK);

        await IdlePortal.SignOut(browser);

        (await portal.Ask(cookie)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Signing_out_ends_one_session_and_leaves_the_others()
    {
        var (here, elsewhere) = (await portal.Owner(), await portal.Owner());

        await IdlePortal.SignOut(here);

        (await here.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        (await elsewhere.Get("/test/fine")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_account_page_lists_the_sessions_and_ends_one()
    {
        var (_, email) = await portal.Joined(Role.Owner);
        var (here, elsewhere) = (await portal.SignedIn(email), await portal.SignedIn(email));
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
        var (memberId, email) = await portal.Joined(Role.Owner);
        var (here, elsewhere) = (await portal.SignedIn(email), await portal.SignedIn(email));
        var page = await here.Get("/account");

        var answer = await here.Submit(page.Form("form[action='/account/sessions/end']"));

        answer.Location.Should().Be("/sign-in");
        (await here.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        (await elsewhere.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        (await portal.Logged<MemberSignedOut>(e => e.MemberId == memberId)).Everywhere.Should().BeTrue();
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another_member()
    {
        var (ownerId, email) = await portal.Joined(Role.Owner);
        var owner = await portal.SignedIn(email);
        var viewer = await portal.Member(Role.Viewer);
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
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
        var (memberId, email) = await portal.Joined(Role.Owner);
        var (_, cookie) = await portal.SignIn(email, isKept);
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        var session = await vault.Sessions.SingleAsync(s => s.MemberId == memberId);
        (session.EndsAt - session.StartedAt).Should().Be(TimeSpan.FromHours(hours));

        session.EndsAt = session.StartedAt.AddSeconds(-1);
        await vault.SaveChangesAsync();

        (await portal.Ask(cookie)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_live_stream_ends_with_a_session_that_ended_in_another_portal()
    {
        var (memberId, email) = await portal.Joined(Role.Owner);
        var (_, cookie) = await portal.SignIn(email);
        await portal.KeepARunGoing();
        using var stream = await portal.Ask(cookie, "/runs/live");
        var rest = stream.Content.ReadAsStringAsync();
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();

        await vault.Sessions.Where(s => s.MemberId == memberId).ExecuteDeleteAsync();

        (await Task.WhenAny(rest, Task.Delay(TimeSpan.FromSeconds(20)))).Should().BeSameAs(rest);
    }

    [Fact]
    public async Task A_member_has_five_live_streams_at_most()
    {
        var (_, email) = await portal.Joined(Role.Owner);
        var (_, cookie) = await portal.SignIn(email);
        await portal.KeepARunGoing();
        var streams = new List<HttpResponseMessage>();
        for (var one = 0; one < 5; one++) streams.Add(await portal.Ask(cookie, "/runs/live"));

        using var sixth = await portal.Ask(cookie, "/runs/live");

        streams.Should().OnlyContain(s => s.StatusCode == HttpStatusCode.OK);
        sixth.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        streams.ForEach(s => s.Dispose());
    }

    /// <summary>A portal that queues work and does none.</summary>
    public class IdlePortal : PortalFactory
    {
        /// <summary>A run that stays in the queue: nothing works here.</summary>
        public async Task KeepARunGoing()
        {
            var (exporter, connection, story) = (Guid.CreateVersion7(), Guid.CreateVersion7(), await Story.Of(this));
            var (sheet, configuration) = ($"sheet{exporter:N}", Story.Invoices(connection));
            await story.Click(
                SpreadsheetTabs.StreamOf(sheet), [connection], new TabClaimed(sheet, "Invoices", exporter, configuration));
            await story.Click(
                RunQueue.StreamOf(exporter), [connection],
                new RunQueued(exporter, Guid.CreateVersion7(), 1, configuration, sheet, Guid.CreateVersion7(), RunTrigger.Person));
        }

        public async Task<(Browser Browser, string Cookie)> SignIn(string email = OwnerEmail, bool isKept = false)
        {
            var browser = Stranger();
            var page = await browser.Get("/sign-in");
            var answer = await browser.Submit(
                page.Form(), ("Email", email), ("Password", Password), ("RememberMe", isKept ? "true" : "false"));
            var cookie = answer.Answer.Headers.GetValues("Set-Cookie")
                .Single(c => c.StartsWith("countingkit=", StringComparison.Ordinal)).Split(';')[0];
            return (browser, cookie);
        }

        public static async Task SignOut(Browser browser) =>
            await browser.Submit((await browser.Get("/")).Form("form[action='/sign-out']", inFrame: true));

        /// <summary>As a thief does: with the cookie alone.</summary>
        public async Task<HttpResponseMessage> Ask(string cookie, string path = "/test/fine")
        {
            var http = CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", cookie);
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
                services.Remove(services.Single(s => s.ImplementationType == typeof(WorkHost))));
        }
    }
}

/// <summary>On a portal of its own: there time is made to stand still.</summary>
public sealed class StreamsOfEndedSessions(StreamsOfEndedSessions.StoppedPortal portal)
    : IClassFixture<StreamsOfEndedSessions.StoppedPortal>
{
    [Fact]
    public async Task A_live_stream_ends_with_its_session_at_once()
    {
        var (browser, cookie) = await portal.SignIn();
        await portal.KeepARunGoing();
        // By its own look, which is due every two seconds, it would never find out.
        portal.Watch.Stop();
        using var stream = await portal.Ask(cookie, "/runs/live");
        stream.StatusCode.Should().Be(HttpStatusCode.OK);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).Should().Be("event: changed");
        var rest = lines.ReadToEndAsync();

        await EndingSessions.IdlePortal.SignOut(browser);

        var within = await Task.WhenAny(rest, Task.Delay(TimeSpan.FromSeconds(10)));
        within.Should().BeSameAs(rest);
    }

    /// <summary>The time of day goes on and delays end, but nothing seems to take any time from the stop on.</summary>
    public sealed class StopWatch : TimeProvider
    {
        private long stoppedAt;

        public override long GetTimestamp()
        {
            var stopped = Interlocked.Read(ref stoppedAt);
            return stopped == 0 ? base.GetTimestamp() : stopped;
        }

        public void Stop() => Interlocked.Exchange(ref stoppedAt, base.GetTimestamp());
    }

    public sealed class StoppedPortal : EndingSessions.IdlePortal
    {
        public StopWatch Watch { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Watch));
        }
    }
}
