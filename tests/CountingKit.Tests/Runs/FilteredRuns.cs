using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Storage;
using CountingKit.Tests.EventSourcing;
using Microsoft.EntityFrameworkCore;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>Which runs the list holds by its filter, on both databases, and what finding them costs.</summary>
public sealed class FilteredRuns
{
    private static readonly Guid Workspace = Guid.CreateVersion7();
    private static readonly Guid Ledger = Guid.CreateVersion7();
    private static readonly (Guid One, Guid Two) Exporters = (Guid.CreateVersion7(), Guid.CreateVersion7());
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<StorageKind> Both => [StorageKind.Sqlite, StorageKind.Servers];

    [Theory, MemberData(nameof(Both))]
    public async Task Each_part_of_the_filter_keeps_only_what_fits(StorageKind kind)
    {
        await using var house = await House.Of(
            kind, Run(Noon, Acme), Run(Noon.AddDays(1), Beta, Ledger), Run(Noon.AddDays(2), exporter: Exporters.Two, connections: [Acme, Beta]));

        (await house.Find(new())).Should().Equal(2, 1, 0);
        (await house.Find(new(ConnectionId: Acme))).Should().Equal(2, 0);
        (await house.Find(new(ConnectionId: Beta))).Should().Equal(2, 1);
        (await house.Find(new(ConnectionId: Ledger))).Should().BeEmpty();
        (await house.Find(new(SpreadsheetKey: Ledger))).Should().Equal(1);
        (await house.Find(new(ConnectionId: Acme, SpreadsheetKey: Ledger))).Should().BeEmpty();
        (await house.Find(new(Exporters.Two, RunStatus.Queued, ConnectionId: Beta, SpreadsheetKey: Book))).Should().Equal(2);
        (await house.Find(new(Status: RunStatus.Failed, ConnectionId: Beta))).Should().BeEmpty();
        (await house.Find(new(From: Noon.UtcDateTime, To: Noon.AddDays(1).UtcDateTime))).Should().Equal([0], "the end is exclusive");
        (await house.Find(new(From: Noon.AddDays(1).UtcDateTime, ConnectionId: Acme))).Should().Equal(2);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Who_sees_some_organizations_finds_nothing_of_another_by_any_filter(StorageKind kind)
    {
        await using var house = await House.Of(kind, Run(Noon, Acme), Run(Noon, Beta), Run(Noon.AddDays(1), connections: [Acme, Beta]));

        (await house.Find(new(), Acme)).Should().Equal(0);
        (await house.Find(new(ConnectionId: Acme), Acme)).Should().Equal(0);
        (await house.Find(new(ConnectionId: Beta), Acme)).Should().BeEmpty();
        (await house.Find(new(SpreadsheetKey: Book), Acme)).Should().Equal(0);
        await FluentActions.Invoking(() => house.Find(new(Before: house.Id(2)), Acme)).Should().ThrowAsync<NotFoundException>();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Pages_leave_none_out_and_tell_none_twice_though_many_were_started_at_one_moment(StorageKind kind)
    {
        await using var house = await House.Of(
            kind, [.. Enumerable.Range(0, 11).Select(number => Run(Noon.AddMinutes(number / 4), connections: number % 2 == 0 ? [Acme] : [Acme, Beta]))]);

        foreach (var filter in (ListRuns[])[new(Take: 3), new(Take: 3, ConnectionId: Acme), new(Take: 3, SpreadsheetKey: Book)])
        {
            var told = new List<int>();
            while (await house.Find(filter with { Before = told.Count == 0 ? null : house.Id(told[^1]) }) is { Count: > 0 } page)
                told.AddRange(page);
            told.Should().HaveCount(11).And.OnlyHaveUniqueItems();
            told.Select(number => number / 4).Should().BeInDescendingOrder();
        }
    }

    public static TheoryData<string> Filters => [.. Queries.Keys];

    private static readonly Dictionary<string, ListRuns> Queries = new()
    {
        ["nothing"] = new(),
        ["days"] = new(From: Noon.UtcDateTime, To: Noon.UtcDateTime),
        ["status"] = new(Status: RunStatus.Failed),
        ["exporter"] = new(Exporters.One),
        ["spreadsheet"] = new(SpreadsheetKey: Ledger, From: Noon.UtcDateTime),
        ["organization"] = new(ConnectionId: Acme, To: Noon.UtcDateTime),
    };

    /// <summary>Rows are met in the order of the list, so that the first page is all that is read, however many there are.</summary>
    [Theory, MemberData(nameof(Filters))]
    public async Task What_is_found_is_read_in_its_order_by_an_index_that_begins_with_the_filter(string filter)
    {
        await using var house = await House.Of(StorageKind.Sqlite, Run(Noon, Acme));
        var query = Queries[filter];
        await using var db = house.Node.Databases.Open();
        foreach (var limited in (bool[])[false, true])
            foreach (var last in (RunRow?[])[null, await db.Set<RunRow>().SingleAsync()])
            {
                var visible = db.Visible<RunRow>(House.Requester(limited ? [Acme] : []));
                if (query.ConnectionId is not null) visible = visible.Where(run => run.Scope == Ledger);

                var plan = await Plan(db, ListRunsHandler.Newest(visible, query, last));

                var index = filter switch
                {
                    "status" => "Status_QueuedAt_RunId",
                    "exporter" => "ExporterId_QueuedAt_RunId",
                    "spreadsheet" => "SpreadsheetKey_QueuedAt_RunId",
                    "organization" => "Scope_QueuedAt_RunId",
                    _ => "QueuedAt",
                };
                plan.Should().Contain(step => step.Contains($"INDEX IX_RunRow_WorkspaceId_{index} ("));
                plan.Should().NotContain("USE TEMP B-TREE FOR ORDER BY", "that would sort all of them");
            }
    }

    private static async Task<List<string>> Plan(ReadDb db, IQueryable<RunRow> query)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        await db.Database.OpenConnectionAsync();
        // Parameters come first in what EF tells, as commands of SQLite's shell; here their values do not matter.
        var sql = query.ToQueryString();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..]}";
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(command.CommandText, @"@\w+").Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, "1");
            command.Parameters.Add(parameter);
        }

        await using var steps = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await steps.ReadAsync()) plan.Add(steps.GetString(3));
        return plan;
    }

    private static (DateTimeOffset At, RunQueued Queued) Run(
        DateTimeOffset at, Guid connection = default, Guid? spreadsheet = null, Guid? exporter = null, Guid[]? connections = null) => (at, new(
            exporter ?? Exporters.One, Guid.CreateVersion7(), 1,
            Invoices with { ConnectionIds = connections ?? [connection], SpreadsheetKey = spreadsheet ?? Book }, "sheet", Guid.CreateVersion7(),
            RunTrigger.Person));

    /// <summary>A portal whose log holds the runs, and what its list finds of them, by their numbers.</summary>
    private sealed class House : IAsyncDisposable
    {
        private readonly TempFolder folder = new();
        private readonly PostgresDatabase? database;
        private readonly List<Guid> runs = [];

        private House(StorageKind kind)
        {
            database = kind is StorageKind.Servers ? PostgresDatabase.Migrated() : null;
            Node = new(folder, database: database?.ConnectionString);
        }

        public PortalNode Node { get; }

        public static async Task<House> Of(StorageKind kind, params (DateTimeOffset At, RunQueued Queued)[] queued)
        {
            var house = new House(kind);
            var projector = house.Node.Projector();
            await projector.Load(default);
            await projector.Apply([.. queued.Select((run, i) => house.Fed(run.At, run.Queued, (ulong)i + 1))], complete: true, default);
            house.runs.AddRange(queued.Select(run => run.Queued.RunId));
            return house;
        }

        public static Requester Requester(params Guid[] seen) => new(
            Guid.CreateVersion7(), Actor.System, Workspace, Role.Viewer, seen.Length == 0 ? null : seen.ToHashSet(), null);

        public Guid Id(int number) => runs[number];

        public async Task<IReadOnlyList<int>> Find(ListRuns query, params Guid[] seen) =>
            [.. (await Node.Handle<ListRuns, IReadOnlyList<RunRow>>(Requester(seen), query)).Select(run => runs.IndexOf(run.RunId))];

        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            database?.Dispose();
            folder.Dispose();
        }

        private FedEvent Fed(DateTimeOffset at, RunQueued queued, ulong place)
        {
            var id = Guid.CreateVersion7();
            var metadata = new EventMetadata(id, id, Actor.System, id, Workspace, queued.Configuration.ConnectionIds);
            var data = Node.Catalog.Serialize(queued, metadata, id);
            return FedEvent.Of(
                new(id, RunQueue.StreamOf(queued.ExporterId), place - 1, new(place, place), data.Type, at, data.Data, data.Metadata), Node.Catalog);
        }
    }
}
