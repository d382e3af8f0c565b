using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.EventSourcing;

/// <summary>What attempts note of how far they are, and who still reads it.</summary>
[Trait("Speed", "Slow")]
public sealed class ProgressOfWork
{
    private const string Kind = "counting";

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_note_is_read_in_every_portal_while_the_attempt_has_the_work_and_gone_with_it(StorageKind storage)
    {
        await using var bench = new WorkBench(storage);
        await bench.Queue(Kind, "1");
        await bench.Queue(Kind, "2");
        var table = Table(bench);
        var item = (await table.Lease([Kind], new WorkTurns(), false, "here", default))!;
        var none = await Notes(bench, item.Key);

        await new WorkProgress(bench.House.Vault()).Tell(item, "half", default);
        var noted = await Notes(bench, "1", "2");
        await table.Done(item, default);

        none.Should().BeEmpty();
        noted.Should().BeEquivalentTo(new Dictionary<string, string> { [item.Key] = "half" });
        (await Notes(bench, "1", "2")).Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_killed_attempt_noted_is_read_by_nobody_once_its_lease_has_run_out_nor_taken_for_the_next_one_s()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        await bench.Queue(Kind, "1");
        var (table, progress) = (Table(bench), new WorkProgress(bench.House.Vault()));
        var killed = (await table.Lease([Kind], new WorkTurns(), false, "here", default))!;
        await progress.Tell(killed, "half", default);
        await RunOut(bench);
        var after = await Notes(bench, "1");

        var next = await table.Lease([Kind], new WorkTurns(), false, "there", default);
        await progress.Tell(killed, "more than half", default);

        after.Should().BeEmpty();
        next.Should().NotBeNull();
        (await Notes(bench, "1")).Should().BeEmpty("the next attempt has noted nothing yet");
        (await bench.Row("1"))!.Progress.Should().BeNull();
    }

    [Fact]
    public async Task What_was_put_back_shows_nothing_while_it_waits()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        await bench.Queue(Kind, "1");
        var table = Table(bench);
        var item = (await table.Lease([Kind], new WorkTurns(), false, "here", default))!;
        await new WorkProgress(bench.House.Vault()).Tell(item, "half", default);

        await table.PutBack(item, new WorkResult.Again(TimeProvider.System.GetUtcNow().AddHours(1)), default);

        (await Notes(bench, "1")).Should().BeEmpty();
    }

    private static WorkTable Table(WorkBench bench) => new(bench.House.Vault(), TimeProvider.System);

    /// <summary>As another portal reads them.</summary>
    private static Task<IReadOnlyDictionary<string, string>> Notes(WorkBench bench, params string[] keys) =>
        new WorkProgress(bench.House.Vault(1)).Of(Kind, keys, default);

    private static async Task RunOut(WorkBench bench)
    {
        await using var db = bench.Vault();
        var past = (await db.Now(default)).AddSeconds(-1);
        await db.Work.ExecuteUpdateAsync(set => set.SetProperty(w => w.LeasedUntil, past));
    }
}
