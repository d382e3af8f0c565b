using System.Diagnostics;
using System.Net;
using CountingKit.Testing;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

[Trait("Speed", "Slow")]
public sealed class SandboxHost : IAsyncLifetime
{
    private SandboxProcess _sandbox = null!;

    private HttpClient Google => _sandbox.GoogleHttp;

    public async Task InitializeAsync() => _sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=5");

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Every_vendor_request_is_in_the_journal_in_order()
    {
        await Google.GetAsync("nowhere?key=secret");
        await Google.GetAsync("somewhere");

        var journal = await _sandbox.Control.Journal();

        journal.Select(line => (line.Vendor, line.Request, line.Status)).Should().Equal(
            ("google", "GET /nowhere", 404), ("google", "GET /somewhere", 404));
        journal.Select(line => line.Query).Should().AllBeEquivalentTo((string?)null);
    }

    [Fact]
    public async Task Journal_clock_and_ports_survive_a_kill()
    {
        await Google.GetAsync("nowhere");
        await _sandbox.Control.SetClock(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero));
        var before = _sandbox.Google;

        await _sandbox.KillAndRestart();

        _sandbox.Google.Should().Be(before);
        (await _sandbox.Control.Journal()).Should().ContainSingle().Which.Path.Should().Be("/nowhere");
        (await _sandbox.Control.Now()).Should().BeCloseTo(
            new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_not_remembered_for_the_next_start()
    {
        using var folder = new TempFolder();
        string[] here = [$"--Data={folder.Path}", "--Parent=stdin"];
        var start = () => SandboxProgram.Start([.. here, $"--Ports:Xero={_sandbox.Xero.Port}"]);
        await start.Should().ThrowAsync<InvalidOperationException>();

        var next = await SandboxProgram.Start(here);

        next.Xero.Port.Should().NotBe(_sandbox.Xero.Port);
        await next.Kill();
    }

    [Fact]
    public async Task Numbers_of_the_journal_go_on_after_it_was_emptied()
    {
        await Google.GetAsync("first");
        await _sandbox.Control.EmptyJournal();
        await Google.GetAsync("second");

        (await _sandbox.Control.Journal()).Should().ContainSingle().Which.Seq.Should().Be(2);
    }

    [Fact]
    public async Task A_status_fault_strikes_as_often_as_told_and_then_is_over()
    {
        await _sandbox.Control.AddFault(new
        {
            vendor = "google",
            pathPattern = "^GET /target$",
            kind = "status",
            after = 1,
            times = 1,
            status = 503,
            body = "<html>busy</html>",
            headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
        });

        (await Google.GetAsync("target")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        var struck = await Google.GetAsync("target");
        (await Google.GetAsync("target")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        struck.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        struck.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(7));
        (await struck.Content.ReadAsStringAsync()).Should().Be("<html>busy</html>");
        (await _sandbox.Control.Journal()).Select(line => line.Fault).Should().Equal(null, "status", null);
    }

    [Theory]
    [InlineData("drop-before")]
    [InlineData("drop-after")]
    public async Task A_dropped_answer_is_a_broken_connection_and_status_0_in_the_journal(string kind)
    {
        await _sandbox.Control.AddFault(new { vendor = "google", pathPattern = "POST /target", kind });

        var call = () => Google.PostAsync("target", new StringContent("once"));

        await call.Should().ThrowAsync<HttpRequestException>();
        var line = (await _sandbox.Control.Journal()).Should().ContainSingle().Which;
        (line.Status, line.Fault).Should().Be((0, kind));
    }

    [Fact]
    public async Task A_hanging_request_is_carried_out_and_never_answered()
    {
        await _sandbox.Control.AddFault(new { vendor = "google", pathPattern = "GET /target", kind = "hang" });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        var call = () => Google.GetAsync("target", patience.Token);

        await call.Should().ThrowAsync<OperationCanceledException>();
        (await _sandbox.Control.Journal()).Should().ContainSingle().Which.Fault.Should().Be("hang");
    }

    [Fact]
    public async Task A_gate_holds_one_request_until_it_is_released()
    {
        await _sandbox.Control.SetGate("google", "GET /held");

        var held = Google.GetAsync("held");
        await _sandbox.Control.GateHolds();
        await Google.GetAsync("held");
        var before = await _sandbox.Control.Journal();
        await _sandbox.Control.ReleaseGate();
        await held;

        before.Should().ContainSingle();
        (await _sandbox.Control.Journal()).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_request_held_after_it_was_carried_out_is_in_the_journal_already()
    {
        await _sandbox.Control.SetGate("google", "GET /held", stage: "after");

        var held = Google.GetAsync("held");
        await _sandbox.Control.GateHolds();

        (await _sandbox.Control.Journal()).Should().ContainSingle();
        held.IsCompleted.Should().BeFalse();
        await _sandbox.Control.ReleaseGate();
        (await held).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_held_request_is_carried_out_after_release_though_its_caller_is_gone()
    {
        await _sandbox.Control.SetGate("google", "POST /held");
        using var caller = new CancellationTokenSource();
        var held = Google.PostAsync("held", new StringContent("text"), caller.Token);
        await _sandbox.Control.GateHolds();

        await caller.CancelAsync();
        await FluentActions.Awaiting(() => held).Should().ThrowAsync<OperationCanceledException>();
        await _sandbox.Control.ReleaseGate();

        var watch = Stopwatch.StartNew();
        IReadOnlyList<JournalLine> journal;
        do journal = await _sandbox.Control.Journal();
        while (journal.Count == 0 && watch.Elapsed < TimeSpan.FromSeconds(10));
        journal.Should().ContainSingle().Which.Request.Should().Be("POST /held");
    }

    [Fact]
    public async Task A_fault_that_means_nothing_is_refused_with_the_reason()
    {
        var call = () => _sandbox.Control.AddFault(new { vendor = "google", pathPattern = "(", kind = "status" });

        (await call.Should().ThrowAsync<HttpRequestException>())
            .Which.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task It_ends_when_its_parents_pipe_closes() => await _sandbox.LetGoOfItsPipe();
}
