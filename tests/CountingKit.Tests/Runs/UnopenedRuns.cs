using CountingKit.EventSourcing;
using CountingKit.Runs;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>An exporter whose queued run was never opened: what should have done so set it aside.</summary>
[Trait("Speed", "Slow")]
public sealed class UnopenedRuns : IAsyncLifetime
{
    private static readonly Guid Exporter = Guid.CreateVersion7();
    private static readonly RunQueued Stuck = new(Exporter, Guid.CreateVersion7(), 1, Invoices, "sheet-1", Book, RunTrigger.Person);
    private static readonly RunQueued Next = Stuck with { RunId = Guid.CreateVersion7() };

    private readonly SyncHouse house = new();

    public Task InitializeAsync() => house.Append(RunQueue.StreamOf(Exporter), Stuck);

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task A_run_that_was_queued_a_moment_ago_is_joined()
    {
        var answer = await house.Request(Next, ahead: TimeSpan.FromMinutes(4));

        (answer.RunId, answer.Joined).Should().Be((Stuck.RunId, true));
        (await house.Stored(Run.StreamOf(Stuck.RunId))).Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_a_reactor_has_yet_to_come_to_is_joined_however_long_that_takes()
    {
        var answer = await house.Request(Next, ahead: TimeSpan.FromHours(6));

        (answer.RunId, answer.Joined).Should().Be((Stuck.RunId, true));
    }

    [Fact]
    public async Task One_whose_opening_was_set_aside_may_be_opened_after_all_for_some_minutes()
    {
        await house.SetAside(RunQueue.StreamOf(Exporter));

        (await house.Request(Next, ahead: TimeSpan.FromMinutes(4))).Joined.Should().BeTrue();
    }

    [Fact]
    public async Task Then_it_ends_and_the_next_one_takes_its_place()
    {
        await house.SetAside(RunQueue.StreamOf(Exporter));
        await house.Request(Next, ahead: TimeSpan.Zero);

        var answer = await house.Request(Next, ahead: TimeSpan.FromMinutes(6));

        (answer.RunId, answer.Joined).Should().Be((Next.RunId, false));
        (await house.Stored(Run.StreamOf(Stuck.RunId))).Select(e => (e as RunFailed)?.Code).Should().Equal(null, "CK-RUN-36");
        (await house.Actors(Run.StreamOf(Stuck.RunId))).Should().AllBe(Actor.System, "who asks for the next one has not ended it");
    }

    [Fact]
    public async Task A_repeat_of_its_own_wish_does_not_end_it()
    {
        await house.SetAside(RunQueue.StreamOf(Exporter));

        var answer = await house.Request(Stuck, ahead: TimeSpan.FromMinutes(6));

        answer.RunId.Should().Be(Stuck.RunId);
        (await house.Stored(Run.StreamOf(Stuck.RunId))).Should().BeEmpty();
    }
}
