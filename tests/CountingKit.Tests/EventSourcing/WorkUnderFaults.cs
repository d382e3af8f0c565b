using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CountingKit.Tests.EventSourcing;

/// <summary>What a failure of work counts for.</summary>
[Trait("Speed", "Slow")]
public sealed class WorkUnderFaults : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_store_that_is_away_is_waited_for_and_counts_as_no_failure_of_the_work()
    {
        var failures = await Tried(
            new EventStoreUnavailableException("away"), new OutcomeUnknownException("s"),
            new InvalidOperationException("wrapped", new AwayException()),
            new DbUpdateException("wrapped", new SqliteException("database is locked", SQLitePCL.raw.SQLITE_BUSY)));

        failures.Should().Equal(0, 0, 0, 0, 0);
    }

    [Fact]
    public async Task What_nobody_expected_is_counted_and_tried_again() =>
        (await Tried(new IOException("broken"), new InvalidOperationException("bug"))).Should().Equal(0, 1, 2);

    /// <returns>The failures that each attempt was told of; the last one succeeds.</returns>
    private async Task<IReadOnlyList<int>> Tried(params IReadOnlyList<Exception> troubles)
    {
        var worker = new Troubled(troubles);
        await using var node = new PortalNode(folder, null, services => services
            .RemoveAll<IWorker>().AddSingleton<IReactor>(new Ask()).AddSingleton<IWorker>(worker));
        await node.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));

        await (await node.React()).DoWork();
        await PortalNode.Eventually(() => Task.FromResult(worker.Failures.Count > troubles.Count));
        await PortalNode.Eventually(async () => (await node.Work()).Count == 0);

        return [.. worker.Failures];
    }

    private sealed class AwayException : System.Data.Common.DbException
    {
        public override bool IsTransient => true;
    }

    private sealed class Ask : IReactor
    {
        public string Name => "ask";

        public Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
        {
            reaction.Queue("troubled", "1", "");
            return Task.CompletedTask;
        }
    }

    private sealed class Troubled(IReadOnlyList<Exception> troubles) : IWorker
    {
        public string Kind => "troubled";

        public ConcurrentQueue<int> Failures { get; } = [];

        public Task<WorkResult> Do(WorkItem item, CancellationToken ct)
        {
            var attempt = Failures.Count;
            Failures.Enqueue(item.Failures);
            return attempt < troubles.Count ? throw troubles[attempt] : Task.FromResult<WorkResult>(new WorkResult.Done());
        }
    }
}
