using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Tests.Exporters;
using CountingKit.Tests.Mirror;

namespace CountingKit.Tests.Runs;

[Trait("Speed", "Slow")]
public sealed class Syncing : IAsyncLifetime
{
    private static readonly string Segments = SegmentList.StreamOf(SyncHouse.Invoices);
    private readonly SyncHouse house = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task Whoever_meets_a_reading_of_the_same_source_gives_its_lane_back_and_finds_the_result_later()
    {
        var wished = TimeProvider.System.GetUtcNow();
        var answer = Held();
        var first = house.BringUpToDate();
        await Begun(1);

        var second = () => house.BringUpToDate(wished);
        (await second.Should().ThrowAsync<SourceBusyException>()).Which.Lease
            .Should().Be($"sync:{SyncHouse.Invoices.ConnectionId:N}:Invoices", "whose release wakes it");

        answer.SetResult(SyncHouse.Of(3));
        var read = await first;
        (await house.BringUpToDate(wished)).Should().BeEquivalentTo((read.Segments, (DateTimeOffset?)null));
        house.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task An_attempt_that_wakes_after_another_took_its_source_changes_nothing()
    {
        await house.BringUpToDate();
        var answer = Held();
        var stale = house.BringUpToDate();
        await Begun(2);
        await house.LoseTheLease();
        house.Pages = _ => Task.FromResult(SyncHouse.Of(5));
        await house.BringUpToDate();
        var (stored, state) = (await house.Stored(Segments), await house.State());

        answer.SetResult(SyncHouse.Of(2, total: 7));

        await FluentActions.Awaiting(() => stale).Should().ThrowAsync<OvertakenException>();
        (await house.Stored(Segments)).Should().Equal(stored).And.NotBeEmpty();
        (await house.State()).Should().BeEquivalentTo(state);
    }

    [Fact]
    public async Task An_attempt_that_wakes_after_another_found_nothing_new_changes_nothing_either()
    {
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2));
        await house.BringUpToDate();
        var answer = Held();
        var stale = house.BringUpToDate();
        await Begun(2);
        await house.LoseTheLease();
        house.Pages = _ => Task.FromResult(SyncHouse.Of(0));
        await house.BringUpToDate();
        var (stored, state) = (await house.Stored(Segments), await house.State());

        answer.SetResult(SyncHouse.Of(2, total: 7));

        await FluentActions.Awaiting(() => stale).Should().ThrowAsync<OvertakenException>();
        (await house.Stored(Segments)).Should().Equal(stored);
        (await house.State()).Should().BeEquivalentTo(state);
    }

    [Fact]
    public async Task Changes_that_are_fewer_than_announced_are_read_again()
    {
        house.Pages = _ => Task.FromResult(SyncHouse.Of(20));
        await house.BringUpToDate();
        house.Pages = nth => Task.FromResult(nth == 2 ? SyncHouse.Of(6, said: 12, total: 7) : SyncHouse.Of(12, total: 7));

        await house.BringUpToDate();

        house.Asked.Select(since => since is null).Should().Equal(true, false, false);
        (await house.Stored(Segments)).OfType<SegmentAdded>().Select(e => (e.IsBase, e.Changed)).Should().Contain((false, 12));
    }

    [Fact]
    public async Task Changes_that_stay_fewer_than_announced_fail_and_leave_the_watermark()
    {
        house.Pages = _ => Task.FromResult(SyncHouse.Of(20));
        await house.BringUpToDate();
        var state = await house.State();
        house.Pages = _ => Task.FromResult(SyncHouse.Of(6, said: 12, total: 7));

        var read = () => house.BringUpToDate();

        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be("CK-XERO-DATA-01");
        house.Asked.Should().HaveCount(4);
        (await house.State()).Should().BeEquivalentTo(state);
    }

    [Theory]
    [InlineData(9999)]
    [InlineData(1)]
    public async Task A_watermark_that_can_t_be_relied_on_leads_to_a_full_pass(int year)
    {
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2));
        await house.BringUpToDate();
        await house.SetWatermark(new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await house.BringUpToDate();

        house.Asked.Should().HaveCount(2).And.OnlyContain(since => since == null);
        (await house.State())!.Watermark.Should().Be(MirrorUnderTest.SourceTime.UtcDateTime);
    }

    [Fact]
    public async Task A_reading_that_is_noted_for_a_day_to_come_says_nothing_of_now()
    {
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2));
        await house.BringUpToDate();
        var now = TimeProvider.System.GetUtcNow();
        await house.SetReadAt(now.AddDays(1).UtcDateTime);

        await house.BringUpToDate(asOf: now.AddMinutes(-1));

        house.Asked.Should().HaveCount(2).And.OnlyContain(since => since == null, "nobody knows when all was read last");
        (await house.State())!.LastReadAt.Should().BeCloseTo(now.UtcDateTime, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("Invoices", 6 * 24, false)]
    [InlineData("Invoices", 8 * 24, true)]
    [InlineData("Contacts", 19, false)]
    [InlineData("Contacts", 23, true)]
    public async Task Everything_is_read_anew_as_often_as_the_source_hides_changes(string resource, int hours, bool anew)
    {
        var source = SyncHouse.Invoices with { Resource = resource };
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2));
        await house.BringUpToDate(of: source);
        await house.SetReadAt(TimeProvider.System.GetUtcNow().AddHours(-hours).UtcDateTime);

        await house.BringUpToDate(of: source);

        house.Asked.Should().HaveCount(2);
        (house.Asked[1] is null).Should().Be(anew);
    }

    [Fact]
    public async Task What_was_read_since_a_run_was_queued_is_not_read_again()
    {
        var queued = TimeProvider.System.GetUtcNow();
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2));
        await house.BringUpToDate();

        await house.BringUpToDate(asOf: queued);

        house.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task Lost_files_are_healed_although_nothing_is_left_to_read()
    {
        house.Pages = reading => Task.FromResult(SyncHouse.Of(reading == 1 ? 3 : 0));
        await house.Append(
            Connection.StreamOf(Configurations.Acme),
            new OrganizationConnected(Configurations.Acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));
        (await house.Rows(Started())).Snapshot.Rows.Should().Be(3);
        house.LoseSegments();

        (await house.Rows(Started())).Snapshot.Rows.Should().Be(0);
    }

    [Fact]
    public async Task A_run_that_reads_after_access_was_lost_makes_the_connection_connected_again()
    {
        var id = Configurations.Acme;
        var stream = Connection.StreamOf(id);
        var connected = new OrganizationConnected(id, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []);
        await house.Append(stream, connected, new AccessLost(id, "CK-XERO-ACCESS-01"));
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2));

        await house.RunOnce(Started());
        await house.RunOnce(Started());

        (await house.Stored(stream)).Skip(2).Should().Equal(new AccessRegained(id));
    }

    private static RunStarted Started() => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), 1, Configurations.Invoices, "sheet-1", Configurations.Book,
        RunTrigger.Person, TimeProvider.System.GetUtcNow());

    /// <summary>The next reading gets its answer when the test gives it.</summary>
    private TaskCompletionSource<IEnumerable<SourcePage>> Held()
    {
        var answer = new TaskCompletionSource<IEnumerable<SourcePage>>(TaskCreationOptions.RunContinuationsAsynchronously);
        house.Pages = _ => answer.Task;
        return answer;
    }

    private async Task Begun(int readings)
    {
        while (house.Asked.Count < readings) await Task.Delay(10);
    }
}
