using System.Runtime.CompilerServices;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Testing.Storage;
using CountingKit.Tests.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Runs;

/// <summary>What is told of a run while it reads, and how it is noted.</summary>
public sealed class ProgressOfRuns
{
    private static readonly DateTime Began = new(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(6, 12, 600, 1200, 60, 60, null, 60)]
    [InlineData(3, 12, 300, 1200, 20, 60, null, 60)]
    [InlineData(60, 300, 6000, 30_000, 15, 60, null, 240)] // No faster than the calls of a minute allow.
    [InlineData(12, 12, 1200, 1200, 60, 60, 0, 0)]
    [InlineData(6, 12, 600, 1200, 60, 60, 6, 60)]
    public void What_is_left_is_as_fast_as_it_was_and_no_faster_than_Xero_allows(
        int pages, int pageCount, long records, long all, int seconds, int perMinute, int? callsLeft, int left) =>
        Reading(pages, pageCount, records, all).Left(Began.AddSeconds(seconds), perMinute, callsLeft)
            .Should().BeCloseTo(TimeSpan.FromSeconds(left), TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData(2, 12, 200, 1200L, 60, null)] // Too few pages.
    [InlineData(6, 12, 600, 1200L, 4, null)] // Too short a time.
    [InlineData(6, 12, 600, null, 60, null)] // Nobody said how many there are.
    [InlineData(6, null, 600, 1200L, 60, null)] // It comes in parts.
    [InlineData(14, 12, 1100, 1200L, 60, null)] // Some came twice.
    [InlineData(6, 12, 1300, 1200L, 60, null)]
    [InlineData(6, 12, 600, 1200L, 60, 5)] // The day's calls end before it does.
    public void It_is_not_told_where_it_would_be_a_guess(int pages, int? pageCount, long records, long? all, int seconds, int? callsLeft) =>
        Reading(pages, pageCount, records, all).Left(Began.AddSeconds(seconds), 60, callsLeft).Should().BeNull();

    [Fact]
    public async Task Pages_are_counted_as_they_are_taken_in()
    {
        var told = new List<ReadSoFar>();
        var taken = new List<int>();

        await foreach (var page in ReadSoFar.Counted(
            Pages(), soFar => { told.Add(soFar); taken.Should().HaveCount(soFar.Pages); return Task.CompletedTask; }, default))
            taken.Add(page.Number);

        told.Should().Equal(new ReadSoFar(1, 2, 2, 3), new ReadSoFar(2, 2, 3, 3));
    }

    [Fact]
    public async Task Of_many_pages_a_second_one_is_noted()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        var (item, runId) = await Leased(bench);
        var time = new FakeTimeProvider(new DateTimeOffset(Began));
        var notes = new RunProgressNotes(item, bench.House.Vault(), time);
        var noted = new List<int?>();

        notes.Begin();
        foreach (var page in Enumerable.Range(1, 30))
        {
            await notes.Read(new(page, 30, page * 100, 3000), default);
            noted.Add((await Of(bench, runId))?.Reading?.SoFar.Pages);
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        noted.Distinct().Should().Equal(1, 11, 21);
    }

    [Fact]
    public async Task A_source_that_is_read_once_more_is_timed_anew()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        var (item, runId) = await Leased(bench);
        var time = new FakeTimeProvider(new DateTimeOffset(Began));
        var notes = new RunProgressNotes(item, bench.House.Vault(), time);
        notes.Begin();
        time.Advance(TimeSpan.FromMinutes(1));
        await notes.Read(new(1, 1, 99, 100), default);
        var first = await Of(bench, runId);
        time.Advance(TimeSpan.FromMinutes(1));

        await notes.Read(new(1, 1, 100, 100), default);

        (first!.Reading!.BeganAt, (await Of(bench, runId))!.Reading!.BeganAt).Should().Be((Began, Began.AddMinutes(2)));
    }

    [Fact]
    public async Task What_it_wrote_is_checked_and_that_is_told_instead_of_the_reading()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        var (item, runId) = await Leased(bench);
        var notes = new RunProgressNotes(item, bench.House.Vault(), TimeProvider.System);
        notes.Begin();
        await notes.Read(new(1, 1, 1, 1), default);

        await notes.Check(default);

        (await Of(bench, runId)).Should().Be(new RunProgress(IsChecking: true));
    }

    [Fact]
    public async Task A_vault_that_is_away_ends_no_reading()
    {
        var notes = new RunProgressNotes(
            new WorkItem(Guid.Empty, "run", "1", "{}", Guid.Empty, Guid.Empty, Guid.Empty, 0), new Away(), TimeProvider.System);

        var read = () => notes.Read(new(1, 1, 1, 1), default);

        await read.Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_reading_of_changes_is_told_of_page_by_page_too()
    {
        await using var house = new SyncHouse();
        var told = new List<ReadSoFar>();
        house.Told = told.Add;
        house.Pages = _ => Task.FromResult(SyncHouse.Of(3));

        await house.BringUpToDate();
        await house.BringUpToDate();

        told.Should().HaveCount(2).And.OnlyContain(soFar => soFar.Records == 3 && soFar.ItemCount == 3);
    }

    private static RunReading Reading(int pages, int? pageCount, long records, long? all) =>
        new(new(pages, pageCount, records, all), Began);

    private static async Task<(WorkItem Item, Guid RunId)> Leased(WorkBench bench)
    {
        var runId = Guid.CreateVersion7();
        await bench.Queue(RunWorker.WorkKind, RunReactor.KeyOf(runId));
        var table = new WorkTable(bench.House.Vault(), TimeProvider.System);
        return ((await table.Lease([RunWorker.WorkKind], new WorkTurns(), false, "here", default))!, runId);
    }

    private static async Task<RunProgress?> Of(WorkBench bench, Guid runId) =>
        (await RunProgressNotes.Of(bench.House.Vault(), [runId], default)).GetValueOrDefault(runId);

    private static async IAsyncEnumerable<SourcePage> Pages([EnumeratorCancellation] CancellationToken ct = default)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        yield return new(1, 2, 3, null, new SourceRecord[2]);
        yield return new(2, 2, 3, null, new SourceRecord[1]);
    }

    private sealed class Away : IDbContextFactory<VaultDb>
    {
        public VaultDb CreateDbContext() => throw new IOException("It is away.");
    }
}
