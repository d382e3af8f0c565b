using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Mirror;
using CountingKit.Tests.Exporters;

namespace CountingKit.Tests.Runs;

/// <summary>Which periods of a report a run asks for, and what becomes of the answers.</summary>
[Trait("Speed", "Slow")]
public sealed class SyncingPeriods : IAsyncLifetime
{
    private static readonly Source Profits = new(Configurations.Acme, "ProfitAndLoss");
    private static readonly string Segments = SegmentList.StreamOf(Profits);
    private readonly SyncHouse house = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task Those_that_are_open_are_asked_for_by_each_run_and_closed_ones_once()
    {
        WantedPeriod[] wanted = [Closed(1), Closed(2), Open(3)];

        await Read(wanted);
        await Read(wanted);

        house.AskedPeriods.Should().BeEquivalentTo([new[] { Key(1), Key(2), Key(3) }, [Key(3)]], order => order.WithStrictOrdering());
    }

    [Fact]
    public async Task What_another_exporter_has_read_is_there_and_since_a_run_was_queued_nothing_is_read_twice()
    {
        var queued = TimeProvider.System.GetUtcNow();
        await house.BringUpToDate(queued, Profits, [Closed(1), Open(3)]);

        var (segments, sourceTime) = await house.BringUpToDate(queued, Profits, [Closed(1), Closed(2), Open(3)]);
        await house.BringUpToDate(queued, Profits, [Open(3)]);

        segments.Should().NotBeEmpty();
        sourceTime.Should().NotBeNull();
        house.AskedPeriods[1..].Should().BeEquivalentTo([new[] { Key(2) }, []], order => order.WithStrictOrdering());
    }

    [Fact]
    public async Task A_report_that_only_says_when_it_was_asked_for_has_not_changed()
    {
        house.Report = _ => """{"ReportDate":"1 December 2026","UpdatedDateUTC":"/Date(1)/","ReportID":"a","Rows":[]}""";
        var (before, _) = await Read(Open(1));
        house.Report = _ => """{"UpdatedDateUTC":"/Date(2)/","ReportID":"b","Rows":[],"ReportDate":"2 December 2026"}""";
        var (same, _) = await Read(Open(1));
        house.Report = _ => """{"ReportDate":"2 December 2026","Rows":[{"RowType":"Section","UpdatedDateUTC":"inside"}]}""";

        var (after, _) = await Read(Open(1));

        same.Should().Equal(before);
        after.Should().NotBeEquivalentTo(before);
    }

    [Fact]
    public async Task What_was_read_before_a_limit_stays_read()
    {
        var wanted = Enumerable.Range(1, 20).Select(Closed).ToArray();
        house.Report = period => period == Key(15) ? throw new SourceException(SourceProblem.DayLimit, XeroCodes.DayLimit.Code, "Tomorrow.") : "{}";
        var read = () => Read(wanted);
        await read.Should().ThrowAsync<SourceException>();
        house.Report = _ => "{}";

        await read();

        house.AskedPeriods.Select(asked => asked.Count).Should().Equal([12, 8, 8], "twelve are kept at once");
    }

    [Fact]
    public async Task How_far_the_whole_reading_is_is_told()
    {
        var told = new List<ReadSoFar>();
        house.Told = told.Add;

        await Read([.. Enumerable.Range(1, 14).Select(Closed)]);

        told.Should().HaveCount(14);
        told[^1].Should().Be(new ReadSoFar(14, 14, 14, 14));
    }

    [Fact]
    public async Task What_the_mirror_lost_is_asked_for_again_if_it_is_wanted_and_the_rest_when_it_is()
    {
        await Read(Closed(1), Closed(2), Closed(3));
        house.LoseSegments();

        var (segments, _) = await Read(Closed(1), Closed(2));
        await Read(Closed(1), Closed(3));

        segments.Should().ContainSingle().Which.IsBase.Should().BeTrue();
        house.AskedPeriods.Where(asked => asked.Count > 0).Should().BeEquivalentTo(
            [new[] { Key(1), Key(2), Key(3) }, [Key(1), Key(2)], [Key(3)]], order => order.WithStrictOrdering());
        (await house.Stored(Segments)).OfType<SegmentAdded>().Should().NotBeEmpty();
    }

    private Task<(IReadOnlyList<Segment> Segments, DateTimeOffset? SourceTime)> Read(params WantedPeriod[] wanted) =>
        house.BringUpToDate(TimeProvider.System.GetUtcNow(), Profits, wanted);

    private static WantedPeriod Closed(int day) => new(new(null, new(2026, 1, day)), TimeProvider.System.GetUtcNow().AddDays(-1));

    private static WantedPeriod Open(int day) => new(new(null, new(2026, 1, day)), TimeProvider.System.GetUtcNow().AddDays(1));

    private static string Key(int day) => $"2026-01-{day:00}";
}
