using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Testing.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

public sealed class RunDecisions
{
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");
    private static readonly Guid First = Guid.Parse("0193a000-0000-7000-8000-0000000000a1");
    private static readonly Guid Second = Guid.Parse("0193a000-0000-7000-8000-0000000000a2");
    private static readonly Guid Third = Guid.Parse("0193a000-0000-7000-8000-0000000000a3");
    private static readonly Guid Command = Guid.Parse("0193a000-0000-7000-8000-0000000000c1");
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero);

    private static readonly RunQueued Queued = new(Exporter, First, 1, Invoices, "sheet-1", Book, RunTrigger.Person);
    private static readonly RunStarted Started = new(
        First, Exporter, 1, Invoices, "sheet-1", Book, RunTrigger.Person, Now);

    private static readonly LastWrite Written = new(
        First, 1, new Snapshot(new string('a', 64), Acme, "invoices", [], 3, 100), "layout", "sheet-1", 7, "Invoices", 12, Now);

    /// <summary>A replay into another tab than the exporter's own.</summary>
    private static readonly RunQueued Beside = Queued with { RunId = Second, ReplayOf = Command, ReplayTab = "November" };

    /// <summary>The person has looked at the first run, and wants its rows written anyway.</summary>
    private static readonly RunQueued Anyway = Queued with
    {
        RunId = Third, LookedAt = new(First, "CK-RUN-07", Written.Snapshot.Hash),
    };

    /// <summary>The same, asked for once more.</summary>
    private static readonly RunQueued Again = Anyway with { RunId = Guid.Parse("0193a000-0000-7000-8000-0000000000a4") };

    [Fact]
    public void The_first_wish_queues_a_run_and_the_second_joins_it() =>
        Given.Nothing(RunQueue.Decider)
            .When(state => RunQueue.Request(state, Queued, Command)).Then(Queued)
            .When(state => RunQueue.Request(state, Queued with { RunId = Second }, Command))
            .Then(new RunJoined(Exporter, First, Command, IsReplay: false));

    [Fact]
    public void A_run_joins_no_replay_and_a_replay_joins_no_run()
    {
        var replay = Queued with { RunId = Second, ReplayOf = Command, ReplayTab = "November" };
        Given.Events(RunQueue.Decider, Queued).When(state => RunQueue.Request(state, replay, Command)).ThenRefused("CK-RUN-22");
        Given.Events(RunQueue.Decider, replay).When(state => RunQueue.Request(state, Queued, Command)).ThenRefused("CK-RUN-22");
        Given.Events(RunQueue.Decider, replay, new RunReleased(Exporter, Second))
            .When(state => RunQueue.Request(state, Queued, Command)).Then(Queued);
    }

    [Fact]
    public void After_an_older_version_joined_a_replay_no_other_run_does()
    {
        var (replay, joined) = (Queued with { ReplayOf = Command, ReplayTab = "November" }, new RunJoined(Exporter, First, Command));

        Given.Events(RunQueue.Decider, replay, joined).When(state => RunQueue.Request(state, Queued, Command)).ThenRefused("CK-RUN-22");
        RunQueue.Decider.IsWhole!(joined).Should().BeFalse("only what was queued tells whether it is a replay");
        RunQueue.Decider.IsWhole!(joined with { IsReplay = false }).Should().BeTrue();
    }

    [Fact]
    public void Write_anyway_is_about_the_last_run_and_joins_none()
    {
        var anyway = Queued with { RunId = Second, LookedAt = new(First, "CK-RUN-07", Written.Snapshot.Hash) };
        Given.Events(RunQueue.Decider, Queued, new RunReleased(Exporter, First))
            .When(state => RunQueue.Request(state, anyway, Command)).Then(anyway);
        Given.Events(RunQueue.Decider, Queued, new RunReleased(Exporter, Command))
            .When(state => RunQueue.Request(state, anyway, Command)).ThenRefused("CK-RUN-23");
        Given.Events(RunQueue.Decider, Queued)
            .When(state => RunQueue.Request(state, anyway, Command)).ThenRefused("CK-RUN-22");
        Given.Events(RunQueue.Decider, Queued)
            .When(state => RunQueue.Request(RunQueue.Without(state, First), anyway, Command)).Then(anyway);
    }

    [Fact]
    public void A_replay_into_another_tab_leaves_a_stopped_run_to_be_decided_once_it_has_ended()
    {
        var released = new RunReleased(Exporter, First);

        Given.Events(RunQueue.Decider, Queued, released, Beside)
            .When(state => RunQueue.Request(state, Anyway, Command)).ThenRefused("CK-RUN-22");
        Given.Events(RunQueue.Decider, Queued, released, Beside, new RunReleased(Exporter, Second))
            .When(state => RunQueue.Request(state, Anyway, Command)).Then(Anyway)
            .When(state => RunQueue.Release(state, Exporter, Third, null)).Then(new RunReleased(Exporter, Third, OwnRunId: Third))
            .When(state => RunQueue.Request(state, Again, Command)).ThenRefused("CK-RUN-23");
        Given.Events(
                RunQueue.Decider, Queued, released, Beside, new RunReleased(Exporter, Second), Beside with { RunId = Third },
                new RunReleased(Exporter, Third))
            .When(state => RunQueue.Request(state, Again, Command)).Then(Again);
        Given.Events(RunQueue.Decider, Queued, Beside, new RunReleased(Exporter, Second))
            .When(state => RunQueue.Request(state, Anyway, Command)).Then(Anyway);
        Given.Events(RunQueue.Decider, Queued, released, Beside)
            .When(state => RunQueue.Request(RunQueue.Without(state, Second), Anyway, Command)).Then(Anyway);
    }

    [Fact]
    public void What_comes_after_a_stopped_run_for_the_same_tab_takes_its_decision_away()
    {
        foreach (var after in (RunQueued[])[Queued with { RunId = Second }, Beside with { ReplayTab = null }])
            Given.Events(RunQueue.Decider, Queued, new RunReleased(Exporter, First), after, new RunReleased(Exporter, Second))
                .When(state => RunQueue.Request(state, Anyway, Command)).ThenRefused("CK-RUN-23");
    }

    [Fact]
    public void A_stopped_replay_into_another_tab_is_decided_as_long_as_it_is_the_last()
    {
        var anyway = Beside with { RunId = Third, LookedAt = new(Second, "CK-SHEET-14", Written.Snapshot.Hash) };
        var (first, second) = (new RunReleased(Exporter, First), new RunReleased(Exporter, Second));

        Given.Events(RunQueue.Decider, Queued, first, Beside, second)
            .When(state => RunQueue.Request(state, anyway, Command)).Then(anyway with { OwnRunId = First })
            .When(state => RunQueue.Release(state, Exporter, Third, null)).Then(new RunReleased(Exporter, Third, OwnRunId: First))
            .When(state => RunQueue.Request(state, Again, Command)).Then(Again);
        Given.Events(
                RunQueue.Decider, Queued, first, Beside, second, Queued with { RunId = Third }, new RunReleased(Exporter, Third))
            .When(state => RunQueue.Request(state, anyway with { RunId = Command }, Command)).ThenRefused("CK-RUN-23");
    }

    [Fact]
    public void Read_from_its_end_the_queue_is_as_it_is_from_its_start()
    {
        IReadOnlyList<IEvent> events =
        [
            Queued, new RunJoined(Exporter, First, Command, IsReplay: false), new RunReleased(Exporter, First, Written),
            Beside with { Last = Written }, new RunReleased(Exporter, Second, Written),
            Beside with { RunId = Third, Last = Written }, new RunReleased(Exporter, Third, Written),
        ];
        var isWhole = RunQueue.Decider.IsWhole!;

        for (var today = 0; today < 1 << events.Count; today++)
            for (var count = 1; count <= events.Count; count++)
            {
                var all = events.Take(count).Select((@event, i) => (today & (1 << i)) == 0 ? @event : OfToday(@event)).ToList();
                var end = all.Skip(all.FindLastIndex(@event => isWhole(@event)));
                end.Aggregate(RunQueue.Decider.Initial, RunQueue.Decider.Evolve).Should().Be(
                    all.Aggregate(RunQueue.Decider.Initial, RunQueue.Decider.Evolve), "of {0} events, {1}", count, today);
            }

        events.Select(OfToday).Should().OnlyContain(@event => isWhole(@event));
    }

    /// <summary>An event after the first run, as this version stores it.</summary>
    private static IEvent OfToday(IEvent @event) => @event switch
    {
        RunQueued { ReplayTab: not null } e => e with { OwnRunId = First },
        RunReleased e => e with { OwnRunId = First },
        _ => @event,
    };

    [Fact]
    public void Each_event_of_replays_into_other_tabs_tells_whose_the_last_word_on_the_exporters_own_tab_is() =>
        Given.Events(RunQueue.Decider, Queued, new RunReleased(Exporter, First))
            .When(state => RunQueue.Request(state, Beside, Command)).Then(Beside with { OwnRunId = First })
            .When(state => RunQueue.Release(state, Exporter, Second, null))
            .Then(new RunReleased(Exporter, Second, OwnRunId: First))
            .When(state => RunQueue.Request(state, Beside with { RunId = Third }, Command))
            .Then(Beside with { RunId = Third, OwnRunId = First });

    [Fact]
    public void Write_anyway_holds_for_the_reason_and_the_rows_that_were_seen()
    {
        var (seen, other) = (Written.Snapshot, Written.Snapshot with { Hash = new string('b', 64) });
        var anyway = Started with { LookedAt = new(Second, "CK-RUN-07", seen.Hash) };

        anyway.MayBeWrittenAnyway("CK-RUN-07", seen).Should().BeTrue();
        anyway.MayBeWrittenAnyway("CK-SHEET-14", seen).Should().BeFalse();
        anyway.MayBeWrittenAnyway("CK-RUN-07", other).Should().BeFalse();
        Started.MayBeWrittenAnyway("CK-RUN-07", seen).Should().BeFalse();
    }

    [Fact]
    public void A_run_that_ended_frees_the_exporter_once_and_is_remembered() =>
        Given.Events(RunQueue.Decider, Queued)
            .When(state => RunQueue.Release(state, Exporter, First, Written))
            .Then(new RunReleased(Exporter, First, Written, OwnRunId: First))
            .When(state => RunQueue.Release(state, Exporter, First, Written)).ThenNothing()
            .When(state => RunQueue.Request(state, Queued with { RunId = Second }, Command))
            .Then(Queued with { RunId = Second, Last = Written });

    [Fact]
    public void A_run_that_wrote_nothing_does_not_forget_what_stands_in_the_sheet() =>
        Given.Events(RunQueue.Decider, Queued with { Last = Written })
            .When(state => RunQueue.Release(state, Exporter, First, null))
            .Then(new RunReleased(Exporter, First, Written, OwnRunId: First));

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
    public void A_run_that_nothing_opened_is_given_up_and_not_opened_after_that()
    {
        var given = Given.Nothing(Run.Decider).When(state => Run.GiveUp(state, Started, Now.AddMinutes(6)))
            .Then(Started, new RunFailed(
                First, Exporter, "CK-RUN-36", $"{RunCodes.NotOpened.Title}. {RunCodes.NotOpened.Advice}", true, 360_000, XeroCalls: 0, GoogleCalls: 0));
        given.When(state => Run.Open(state, Started)).ThenNothing();
        Given.Events(Run.Decider, Started).When(state => Run.GiveUp(state, Started, Now)).ThenNothing();
    }

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
    public void What_a_run_was_queued_for_stops_it_once_with_the_reason() =>
        Given.Events(Run.Decider, Started)
            .When(state => Run.Stop(state, First, RunCodes.ExporterDeleted)).Then(new RunCancelRequested(First, "CK-RUN-30"))
            .When(state => Run.Stop(state, First, RunCodes.ExporterPaused)).ThenNothing();

    [Fact]
    public void A_replay_into_a_tab_of_its_own_goes_on_whatever_becomes_of_the_exporter() =>
        Given.Events(Run.Decider, Started with { ReplayOf = Second, ReplayTab = "November" })
            .When(state => Run.Stop(state, First, RunCodes.ExporterDeleted)).ThenNothing();

    [Fact]
    public void A_run_that_has_ended_or_was_never_opened_is_not_stopped()
    {
        Given.Nothing(Run.Decider).When(state => Run.Stop(state, First, RunCodes.ExporterDeleted)).ThenNothing();
        Given.Events(Run.Decider, Started, new RunCanceled(First, Exporter, 5))
            .When(state => Run.Stop(state, First, RunCodes.ExporterDeleted)).ThenNothing();
    }

    [Fact]
    public void A_wait_is_told_once_until_its_reason_changes() =>
        Given.Events(Run.Decider, Started)
            .When(state => Run.Wait(state, Waited("CK-XERO-LIMIT-01", 0))).Then(Waited("CK-XERO-LIMIT-01", 0))
            .When(state => Run.Wait(state, Waited("CK-XERO-LIMIT-01", 1))).ThenNothing()
            .When(state => Run.Wait(state, Waited("CK-GOOGLE-07", 2))).Then(Waited("CK-GOOGLE-07", 2));

    [Fact]
    public void A_wait_whose_end_nobody_knows_is_told_once()
    {
        var away = new RunWaited(First, "CK-STORE-18", "It is away.", Until: null);
        Given.Events(Run.Decider, Started)
            .When(state => Run.Wait(state, away)).Then(away)
            .When(state => Run.Wait(state, away)).ThenNothing()
            .When(state => Run.Wait(state, Waited("CK-GOOGLE-07", 0))).Then(Waited("CK-GOOGLE-07", 0))
            .When(state => Run.Wait(state, away)).Then(away);
        Given.Events(Run.Decider, Started, away, new RunWentOn(First))
            .When(state => Run.Wait(state, away)).Then(away);
    }

    [Fact]
    public void A_wait_that_becomes_much_longer_is_told_again() =>
        Given.Events(Run.Decider, Started, Waited("CK-XERO-LIMIT-01", 0))
            .When(state => Run.Wait(state, Waited("CK-XERO-LIMIT-01", 3600))).Then(Waited("CK-XERO-LIMIT-01", 3600));

    [Fact]
    public void A_wait_after_a_step_is_told_again() =>
        Given.Events(Run.Decider, Started, Waited("CK-XERO-LIMIT-01", 0), new SourcesSynced(First, [], 1))
            .When(state => Run.Wait(state, Waited("CK-XERO-LIMIT-01", 1))).Then(Waited("CK-XERO-LIMIT-01", 1));

    [Fact]
    public void Waits_that_alternate_every_second_are_told_a_hundred_times_at_most()
    {
        IReadOnlyList<IEvent> events = [Started];
        for (var second = 0; second < 1_000; second++)
        {
            var state = events.Aggregate(Run.Decider.Initial, Run.Decider.Evolve);
            events = [.. events, .. Run.Wait(state, Waited(second % 2 == 0 ? "CK-XERO-LIMIT-01" : "CK-GOOGLE-07", second))];
        }

        events.OfType<RunWaited>().Should().HaveCount(100);
    }

    private static RunWaited Waited(string code, int seconds) => new(First, code, "It waits.", Now.AddSeconds(seconds));

    [Fact]
    public void An_event_that_does_not_belong_is_a_bug()
    {
        var evolve = () => Run.Evolve(new Run.State.Unknown(), new RunCancelRequested(First));

        evolve.Should().Throw<System.Diagnostics.UnreachableException>();
    }
}
