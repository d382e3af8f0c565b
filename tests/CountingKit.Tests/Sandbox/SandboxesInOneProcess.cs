using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>A process is one sandbox after another, and none knows of those before it.</summary>
[Trait("Speed", "Slow")]
public sealed class SandboxesInOneProcess(TwoSandboxes both) : IClassFixture<TwoSandboxes>
{
    [Fact]
    public void The_process_stays_the_same() => both.Second.ProcessId.Should().Be(both.FirstProcessId);

    [Fact]
    public async Task The_addresses_of_the_first_answer_no_more()
    {
        using var http = new HttpClient();

        foreach (var address in both.FirstAddresses)
        {
            var call = () => http.GetAsync(address);

            await call.Should().ThrowAsync<HttpRequestException>();
        }
    }

    [Fact]
    public void The_folder_of_the_first_is_gone() => Directory.Exists(both.FirstDataFolder).Should().BeFalse();

    [Fact]
    public void Calls_that_the_first_held_or_delayed_are_broken_off() =>
        both.Unanswered.Should().HaveCount(2).And.AllBeOfType<HttpRequestException>();

    [Fact]
    public async Task A_token_of_the_first_means_nothing_to_the_second()
    {
        var google = new GoogleApp(both.Second) { AccessToken = both.GoogleToken };
        var xero = new XeroApp(both.Second) { AccessToken = both.XeroToken };

        var atGoogle = await google.Send(HttpMethod.Get, $"v4/spreadsheets/{both.SpreadsheetId}");
        using var atXero = await xero.Api("connections");

        atGoogle.Status.Should().Be(HttpStatusCode.Unauthorized);
        atXero.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_spreadsheet_of_the_first_is_not_there()
    {
        var google = await GoogleApp.SignedIn(both.Second);

        var (status, _) = await google.Send(HttpMethod.Get, $"v4/spreadsheets/{both.SpreadsheetId}");

        status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_second_has_settings_of_its_own()
    {
        (await both.Second.Control.Get<JsonArray>("_/xero/organizations")).Should().HaveCount(2);
        (await both.Second.Control.Get<JsonNode>("_/xero/settings"))["limitsOn"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task Faults_gate_and_clock_of_the_second_are_as_at_a_first_start()
    {
        (await both.Second.Control.Get<JsonArray>("_/faults")).Should().BeEmpty();
        (await both.Second.Control.Get<JsonNode>("_/gate"))["set"]!.GetValue<bool>().Should().BeFalse();
        (await both.Second.Control.Now()).Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task The_journal_of_the_second_begins_at_1()
    {
        await both.Second.GoogleHttp.GetAsync("nowhere");

        var journal = await both.Second.Control.Journal();
        journal[0].Seq.Should().Be(1);
        journal.Should().NotContain(line => line.Path == "/held" || line.Path == "/delayed");
    }

    [Fact]
    public async Task A_process_that_was_killed_is_not_kept()
    {
        await using var idle = new IdleSandboxes(1);
        var sandbox = await SandboxProcess.Start(idle, "--Organizations=1", "--Invoices=1");

        await sandbox.Kill();
        await sandbox.DisposeAsync();

        idle.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_process_that_died_while_it_was_idle_is_replaced()
    {
        await using var idle = new IdleSandboxes(1);
        var first = await SandboxProcess.Start(idle, "--Organizations=1", "--Invoices=1");
        var dead = first.ProcessId;
        await first.DisposeAsync();
        using (var process = Process.GetProcessById(dead))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var second = await SandboxProcess.Start(idle, "--Organizations=1", "--Invoices=1");

        second.ProcessId.Should().NotBe(dead);
        (await second.Control.Journal()).Should().BeEmpty();
    }
}
