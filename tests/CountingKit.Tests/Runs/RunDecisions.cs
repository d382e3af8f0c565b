using CountingKit.Runs;
using CountingKit.Testing.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

public sealed class RunDecisions
{
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");
    private static readonly Guid First = Guid.Parse("0193a000-0000-7000-8000-0000000000a1");
    private static readonly Guid Second = Guid.Parse("0193a000-0000-7000-8000-0000000000a2");
    private static readonly Guid Command = Guid.Parse("0193a000-0000-7000-8000-0000000000c1");
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero);

    private static readonly RunQueued Queued = new(Exporter, First, 1, Invoices, "sheet-1", Book, RunTrigger.Person);
    private static readonly RunStarted Started = new(
        First, Exporter, 1, Invoices, "sheet-1", Book, RunTrigger.Person, Now);

    private static readonly LastWrite Written = new(
        First, 1, new Snapshot(new string('a', 64), Acme, "invoices", [], 3, 100), "layout", "sheet-1", 7, "Invoices", 12, Now);

    [Fact]
    public void The_first_wish_queues_a_run_and_the_second_joins_it() =>
        Given.Nothing(RunQueue.Decider)
            .When(state => RunQueue.Request(state, Queued, Command)).Then(Queued)
            .When(state => RunQueue.Request(state, Queued with { RunId = Second }, Command))
            .Then(new RunJoined(Exporter, First, Command));

    [Fact]
    public void A_run_that_ended_frees_the_exporter_once_and_is_remembered() =>
        Given.Events(RunQueue.Decider, Queued)
            .When(state => RunQueue.Release(state, Exporter, First, Written))
            .Then(new RunReleased(Exporter, First, Written))
            .When(state => RunQueue.Release(state, Exporter, First, Written)).ThenNothing()
            .When(state => RunQueue.Request(state, Queued with { RunId = Second }, Command))
            .Then(Queued with { RunId = Second, Last = Written });

    [Fact]
    public void A_run_that_wrote_nothing_does_not_forget_what_stands_in_the_sheet() =>
        Given.Events(RunQueue.Decider, Queued with { Last = Written })
            .When(state => RunQueue.Release(state, Exporter, First, null))
            .Then(new RunReleased(Exporter, First, Written));

    [Fact]
    public void Only_the_active_run_frees_the_exporter() =>
        Given.Events(RunQueue.Decider, Queued)
            .When(state => RunQueue.Release(state, Exporter, Second, null)).ThenNothing();

    [Fact]
    public void A_run_opens_once() =>
        Given.Nothing(Run.Decider)
            .When(state => Run.Open(state, Started)).Then(Started)
            .When(state => Run.Open(state, Started)).ThenNothing();

    [Fact]
    public void An_active_run_is_asked_to_stop_once() =>
        Given.Events(Run.Decider, Started)
            .When(state => Run.Cancel(state, First)).Then(new RunCancelRequested(First))
            .When(state => Run.Cancel(state, First)).ThenNothing();

    [Fact]
    public void A_run_that_has_ended_cannot_be_canceled() =>
        Given.Events(Run.Decider, Started, new RunFailed(First, Exporter, "CK-RUN-99", "no", true, 5))
            .When(state => Run.Cancel(state, First)).ThenRefused("CK-RUN-01");

    [Fact]
    public void An_event_that_does_not_belong_is_a_bug()
    {
        var evolve = () => Run.Evolve(new Run.State.Unknown(), new RunCancelRequested(First));

        evolve.Should().Throw<System.Diagnostics.UnreachableException>();
    }
}
