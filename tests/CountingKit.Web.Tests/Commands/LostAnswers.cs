using System.Text.Json.Nodes;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.History;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Settings;
using CountingKit.Spreadsheets;
using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Testing.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Commands;

/// <summary>
/// Every command, while each append goes wrong once, and then sent again as a browser does that heard nothing: it
/// succeeds, and there is one set of its events.
/// </summary>
public sealed class LostAnswers : IAsyncLifetime
{
    private readonly HashSet<Type> sent = [];
    private SandboxProcess sandbox = null!;
    private LossyPortal portal = null!;

    /// <summary>Null = the embedded store, whose answers are lost.</summary>
    public static TheoryData<CallFault?> Faults() => [null, .. Enum.GetValues<CallFault>().Cast<CallFault?>()];

    public async Task InitializeAsync() => sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=30");

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_command_succeeds_and_leaves_one_set_of_events(CallFault? fault)
    {
        await using var started = portal = await LossyPortal.Start(sandbox, fault);
        var (connectionId, tenantId, name) = await ConnectOrganization();
        await Connection(connectionId, tenantId);
        var (accountId, service) = await Google();
        var spreadsheetKey = await Spreadsheets(accountId);
        await Link(service);
        await Lost(id => new DisconnectGoogleAccount(id, accountId), "google-disconnect-requested.v1");
        await WriteAs(spreadsheetKey, service);
        var exporterId = await Exporter(connectionId, spreadsheetKey);
        await Runs(exporterId);
        await Schedules(exporterId);

        await Lost(id => new RebuildReadModels(id), "read-models-rebuild-requested.v1");
        await Lost(id => new TrySetAsideAgain(id), "set-aside-retry-requested.v1");
        await portal.Services.GetRequiredService<OlderLogs>().Note(null, default);
        await Lost(id => new DismissOlderLog(id), "older-log-dismissed.v1");
        await Lost(id => new DeleteExporter(id, exporterId), "exporter-deleted.v1");
        await Lost(id => new RemoveSpreadsheet(id, spreadsheetKey), "spreadsheet-removed.v1");
        await Lost(id => new Disconnect(id, connectionId, name), "disconnect-requested.v1");

        (portal.Befallen > 40).Should().Be(fault is not null, "each append went wrong, {0}", portal.Befallen);
        sent.Should().BeEquivalentTo(Commands(), "a command without its place here could do its work twice");
    }

    private async Task Schedules(Guid exporterId)
    {
        var (scheduleId, daily) = (Guid.CreateVersion7(), new Schedule(ScheduleKind.Daily, "Europe/London", new(6, 0)));
        await Lost(id => new AddSchedule(id, exporterId, scheduleId, daily), "schedule-added.v1");
        await Lost(id => new ChangeSchedule(id, exporterId, scheduleId, daily with { At = new(7, 0) }), "schedule-changed.v1");
        await Lost(id => new PauseSchedule(id, exporterId, scheduleId), "schedule-paused.v1");
        await Lost(id => new ResumeSchedule(id, exporterId, scheduleId), "schedule-resumed.v1");
        await Lost(id => new PauseAllSchedules(id), "all-schedules-paused.v1");
        await Lost(id => new ResumeAllSchedules(id), "all-schedules-resumed.v1");
        await Lost(id => new RemoveSchedule(id, exporterId, scheduleId), "schedule-removed.v1");
    }

    private static IEnumerable<Type> Commands() => typeof(RunExport).Assembly.GetTypes()
        .Where(type => !type.IsInterface && type.GetInterfaces().Any(i =>
            i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>)));

    private async Task<(Guid ConnectionId, Guid TenantId, string Name)> ConnectOrganization()
    {
        var consent = await Started(id => new StartXeroSignIn(id, LossyPortal.BrowserCookie, LossyPortal.XeroCallback));
        var granted = await XeroAnswers(consent);
        var choice = granted.Organizations[0];
        var connected = await Lost(
            id => new ConnectOrganization(id, granted.SignInId, choice.TenantId), "organization-claimed.v1");
        return (connected.ConnectionId, choice.TenantId, choice.Name);
    }

    private async Task Connection(Guid connectionId, Guid tenantId)
    {
        await portal.Logged<OrganizationDescribed>();
        await Lost(id => new LabelConnection(id, connectionId, "Our shop", "C-7", ["retail"], Version: 0), "connection-labeled.v1");
        await Lost(id => new PauseConnection(id, connectionId), "connection-paused.v1");
        await Lost(id => new ResumeConnection(id, connectionId), "connection-resumed.v1");
        await Lost(id => new TestConnection(id, connectionId));
        await Lost(id => new ReadTrackingCategories(id, connectionId));

        var consent = await Started(id => new StartXeroReconnect(
            id, connectionId, LossyPortal.BrowserCookie, LossyPortal.XeroCallback));
        var granted = await XeroAnswers(consent);
        granted.Organizations.Should().Contain(o => o.TenantId == tenantId);
        await Lost(id => new Reconnect(id, connectionId, granted.SignInId), "organization-reconnected.v1");
    }

    private async Task<(Guid AccountId, ServiceAccountConnected Service)> Google()
    {
        var consent = await Started(id => new StartGoogleSignIn(
            id, LossyPortal.BrowserCookie, LossyPortal.GoogleCallback));
        var accountId = (await GoogleAnswers(consent, "google-account-connected.v1")).AccountId;
        var again = await Started(id => new StartGoogleReconnect(
            id, accountId, LossyPortal.BrowserCookie, LossyPortal.GoogleCallback));
        await GoogleAnswers(again, "google-account-reconnected.v1");

        var key = (await sandbox.Control.Post("_/google/service-accounts", new { }))!.ToJsonString();
        var service = await Lost(id => new ConnectServiceAccount(id, key), "google-account-connected.v1");
        await Lost(id => new ReconnectServiceAccount(id, service.AccountId, key), "google-account-reconnected.v1");
        return (accountId, service);
    }

    private async Task<Guid> Spreadsheets(Guid accountId)
    {
        var made = Guid.CreateVersion7();
        await Lost(id => new CreateSpreadsheet(id, made, accountId, "Books"), "spreadsheet-connected.v1");
        await Lost(id => new TestSpreadsheet(id, made), "spreadsheet-tested.v1");
        (await sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))
            .Should().ContainSingle("the repeat finds the file that the first one made");
        return made;
    }

    private async Task Link(ServiceAccountConnected service)
    {
        var file = await sandbox.Control.Post(
            "_/google/spreadsheets", new { title = "Shared", owner = "sam.okafor@example.com" });
        var shared = file!["spreadsheetId"]!.GetValue<string>();
        var link = $"https://docs.google.com/spreadsheets/d/{shared}/edit";
        await sandbox.Control.Post(
            "_/google/share", new { spreadsheetId = shared, email = service.Email, role = "writer" });
        await Lost(
            id => new LinkSpreadsheet(id, DerivedId.From(id, "key"), service.AccountId, link), "spreadsheet-connected.v1");
    }

    private async Task WriteAs(Guid spreadsheetKey, ServiceAccountConnected service)
    {
        var made = (await sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))
            .Single(file => file!["title"]!.GetValue<string>() == "Books")!["spreadsheetId"]!.GetValue<string>();
        await sandbox.Control.Post("_/google/share", new { spreadsheetId = made, email = service.Email, role = "writer" });
        await Lost(id => new WriteSpreadsheetAs(id, spreadsheetKey, service.AccountId), "spreadsheet-account-changed.v1");
    }

    private async Task<Guid> Exporter(Guid connectionId, Guid spreadsheetKey)
    {
        var exporterId = Guid.CreateVersion7();
        var configuration = new ExporterConfiguration(
            "Invoices", "invoices", [connectionId], [new("invoiceNumber"), new("total"), new("invoiceId")], [], null,
            null, [], spreadsheetKey, "Invoices");
        await Lost(id => new CreateExporter(id, exporterId, configuration), "tab-claimed.v1");
        await Lost(
            id => new ChangeExporter(id, exporterId, configuration with { TabTitle = "All invoices" }, Version: 1),
            "tab-taken.v1", "exporter-changed.v1");
        await Lost(id => new PauseExporter(id, exporterId), "exporter-paused.v1");
        await Lost(id => new ResumeExporter(id, exporterId), "exporter-resumed.v1");
        return exporterId;
    }

    private async Task Runs(Guid exporterId)
    {
        var run = await Lost(id => new RunExport(id, exporterId), "run-queued.v1");
        await Ended(run.RunId);
        await Lost(id => new NoteDownload(id, run.RunId, FileFormat.Xlsx), "rows-downloaded.v1");
        var replay = await Lost(id => new ReplayExport(id, run.RunId, "Copy"), "run-queued.v1");
        await Ended(replay.RunId);

        await sandbox.Control.SetGate("xero", "GET /api.xro/2.0/Invoices");
        var held = await Lost(id => new RunExport(id, exporterId), "run-queued.v1");
        await sandbox.Control.GateHolds();
        await Lost(id => new CancelRun(id, held.RunId), "run-cancel-requested.v1");
        await sandbox.Control.ReleaseGate();
        await Ended(held.RunId);
    }

    private async Task Ended(Guid runId)
    {
        while ((await portal.Send(new GetRun(runId))).EndedAt is null) await Task.Delay(20);
    }

    /// <summary>
    /// Sends the command twice, under one number, while the log loses answers: the same answer, and once these events.
    /// </summary>
    private async Task<TResult> Lost<TResult>(Func<Guid, ICommand<TResult>> command, params string[] events)
    {
        var id = Guid.CreateVersion7();
        var message = command(id);
        var first = await portal.Send(message);
        await portal.CaughtUp();
        var second = await portal.Send(message);
        await portal.CaughtUp();

        sent.Add(message.GetType());
        second.Should().BeEquivalentTo(first, "{0} was sent again", message.GetType().Name);
        (await portal.EventsOf(message, id)).Should().Equal(events, "of {0}", message.GetType().Name);
        return first;
    }

    /// <summary>The start of a sign-in: repeated it starts another one, and the browser goes on with either.</summary>
    private async Task<Uri> Started(Func<Guid, ICommand<Uri>> command)
    {
        var id = Guid.CreateVersion7();
        var message = command(id);
        await portal.Send(message);
        var second = await portal.Send(message);

        sent.Add(message.GetType());
        (await portal.EventsOf(message, id)).Should().BeEmpty();
        return second;
    }

    /// <summary>Vendors' answers hold a code that is good once: sent again, they are told to be answered.</summary>
    private async Task<XeroSignInGranted> XeroAnswers(Uri consent)
    {
        var organization = await sandbox.Control.Get<JsonArray>("_/xero/organizations");
        var back = await LossyPortal.Allow(
            consent, ("answer", "allow"), ("organization", organization[0]!["tenantId"]!.GetValue<string>()));
        var message = new AnswerXeroSignIn(
            Guid.CreateVersion7(), new(back["state"], back["code"], null, null, LossyPortal.BrowserCookie));
        var granted = await portal.Send(message);
        var again = await portal.Send(message);

        sent.Add(message.GetType());
        again.Should().BeOfType<XeroSignInFailed>().Which.Problem.Should().Be(XeroCodes.AnsweredTwice);
        (await portal.EventsOf(message, message.CommandId)).Should().BeEmpty();
        return granted.Should().BeOfType<XeroSignInGranted>().Subject;
    }

    private async Task<GoogleSignInGranted> GoogleAnswers(Uri consent, string @event)
    {
        var back = await LossyPortal.Allow(consent, ("decision", "allow"));
        var message = new AnswerGoogleSignIn(
            Guid.CreateVersion7(), back["state"], back["code"], null, LossyPortal.BrowserCookie);
        var outcome = (await portal.Send(message)).Outcome;
        var granted = outcome.Should().BeOfType<GoogleSignInGranted>("{0}", outcome).Subject;
        await portal.CaughtUp();
        var again = await portal.Send(message);

        sent.Add(message.GetType());
        again.Outcome.Should().BeOfType<GoogleSignInFailed>().Which.Problem.Should().Be(GoogleSignInCodes.AnsweredTwice);
        (await portal.EventsOf(message, message.CommandId)).Should().Equal(@event);
        return granted;
    }
}
