using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Storage;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Security;

/// <summary>What one workspace has of one organization, by the names that routes use.</summary>
public sealed record Things(Guid ConnectionId, Guid AccountId, Guid SpreadsheetKey, Guid ExporterId, Guid RunId, Guid ScheduleId)
{
    public static Things New() => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(),
        Guid.CreateVersion7(), Guid.CreateVersion7());

    public Dictionary<string, string> Names() => new()
    {
        ["connectionId"] = $"{ConnectionId}", ["accountId"] = $"{AccountId}", ["spreadsheetKey"] = $"{SpreadsheetKey}",
        ["exporterId"] = $"{ExporterId}", ["runId"] = $"{RunId}", ["scheduleId"] = $"{ScheduleId}",
    };
}

/// <summary>
/// A portal with two organizations in the owner's workspace and one in another, each with an exporter and a run.
/// </summary>
public abstract class Neighbors(StorageKind storage) : IAsyncLifetime
{
    public PortalFactory Portal { get; } = new() { Storage = storage };

    /// <summary>In the owner's workspace.</summary>
    public Things Own { get; } = Things.New();

    /// <summary>Of another organization in the owner's workspace.</summary>
    public Things Hidden { get; } = Things.New();

    /// <summary>In another workspace.</summary>
    public Things Foreign { get; } = Things.New();

    public async Task InitializeAsync()
    {
        await Portal.InitializeAsync();
        await using var scope = Portal.Services.CreateAsyncScope();
        var first = (await scope.ServiceProvider.GetRequiredService<FirstOwner>().Find(default))!.Value;
        var other = Guid.CreateVersion7();
        await Append(other, [], Workspace.StreamOf(other), Workspace.Decider,
            new WorkspaceCreated(other, "Others"),
            new MemberAdded(other, Guid.CreateVersion7(), Messaging.Role.Owner, null));
        await Make(first.WorkspaceId, Own);
        await Make(first.WorkspaceId, Hidden);
        await Make(other, Foreign);
        while ((await Portal.Log()).Count(e => e.Event is RunFailed) < 3) await Task.Delay(50);
    }

    public async Task DisposeAsync() => await Portal.DisposeAsync();

    /// <summary>How many events people and keys have caused.</summary>
    public async Task<int> Deeds()
    {
        await Portal.Settled();
        return (await Portal.Log()).Count(e => Actor.MemberOf(e.Metadata.Actor) is not null);
    }

    private async Task Make(Guid workspace, Things things)
    {
        var (tenantId, spreadsheetId) = (Guid.CreateVersion7(), $"spreadsheet-{things.SpreadsheetKey:N}");
        Guid[] connections = [things.ConnectionId];
        var configuration = new ExporterConfiguration(
            "Invoices", "invoices", connections, [new("invoiceId")], [], null, null, [], things.SpreadsheetKey,
            "Invoices");
        await Append(workspace, connections, Tenant.StreamOf(tenantId), Tenant.Decider,
            new OrganizationClaimed(things.ConnectionId, tenantId, workspace, "Acme", Guid.CreateVersion7(), []));
        await Append(workspace, [], GoogleAccount.StreamOf(things.AccountId), GoogleAccount.Decider,
            new GoogleAccountConnected(things.AccountId, AccountKind.ServiceAccount, []));
        await Append(workspace, [], Spreadsheet.StreamOf(things.SpreadsheetKey), Spreadsheet.Decider,
            new SpreadsheetConnected(
                things.SpreadsheetKey, things.AccountId, spreadsheetId, "Books", "http://localhost/books", true));
        await Append(workspace, connections, SpreadsheetTabs.StreamOf(spreadsheetId), SpreadsheetTabs.Decider,
            new TabClaimed(spreadsheetId, "Invoices", things.ExporterId, configuration));
        await Append(workspace, connections, RunQueue.StreamOf(things.ExporterId), RunQueue.Decider,
            new RunQueued(
                things.ExporterId, things.RunId, 1, configuration, spreadsheetId, things.AccountId, RunTrigger.Person));
        await Append(workspace, connections, ExporterSchedules.StreamOf(things.ExporterId), ExporterSchedules.Decider,
            new ScheduleAdded(things.ExporterId, things.ScheduleId, new(ScheduleKind.Yearly, "UTC", Day: 1, Month: 1)));
    }

    private async Task Append<TState>(
        Guid workspace, IReadOnlyList<Guid> connections, string stream, Decider<TState> decider, params IEvent[] events)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        var id = Guid.CreateVersion7();
        scope.ServiceProvider.GetRequiredService<CurrentCommand>().Context =
            new(id, id, id, Actor.System, workspace, connections);
        var streams = scope.ServiceProvider.GetRequiredService<Streams>();
        var done = await streams.Transact(stream, decider, _ => events, default);
        await scope.ServiceProvider.GetRequiredService<ReadModels>().CaughtUpTo(done.Appended.Position, default);
    }
}

/// <summary>On the embedded store and SQLite.</summary>
public sealed class NeighborsOnFiles() : Neighbors(StorageKind.Sqlite);

/// <summary>On EventStoreDB and PostgreSQL.</summary>
public sealed class NeighborsOnServers() : Neighbors(StorageKind.Servers);
