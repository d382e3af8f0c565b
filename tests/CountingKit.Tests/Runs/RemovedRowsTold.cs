using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

public sealed class RemovedRowsTold
{
    private const int Tab = 7;

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Before = Guid.Parse("0193a000-0000-7000-8000-0000000000a1");
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");

    private static readonly RunStarted Started = new(
        Guid.Parse("0193a000-0000-7000-8000-0000000000a2"), Exporter, 1, Invoices, "sheet-1", Book, RunTrigger.Person, Now,
        Last: new LastWrite(
            Before, 1, new Snapshot(new string('a', 64), Acme, "invoices", [], 1_234, 100), "layout", "sheet-1", Tab,
            "Invoices", 12, Now));

    private static readonly Snapshot Nothing = new(new string('b', 64), Acme, "invoices", [], 0, 100);

    [Fact]
    public void A_run_that_stops_says_what_the_tab_holds_and_both_ways_on() =>
        RemovedRows.WouldEmpty(1_234).Should().Be(
            "This exporter has no rows now, and the tab holds 1,234. If that is correct, choose Write anyway. "
            + "If not, check the records in Xero or the exporter's filters.");

    [Fact]
    public void A_tab_is_not_emptied_unasked_unless_somebody_changed_what_chooses_the_rows()
    {
        var chosen = Started with { ConfigurationVersion = 2, Last = Started.Last! with { Selection = Invoices.Selection() } };

        foreach (var same in (ExporterConfiguration[])
            [
                Invoices, Invoices with { Name = "Sales" }, Invoices with { TabTitle = "Sales" },
                Invoices with { Columns = [.. Invoices.Columns.Skip(1)] }, Invoices with { Sort = [new("total", Descending: true)] },
            ])
            RemovedRows.All(chosen with { Configuration = same }, Nothing).Should().Be(chosen.Last, "{0}", same);
        foreach (var other in (ExporterConfiguration[])
            [
                Invoices with { ConnectionIds = [Beta] }, Invoices with { Dataset = "bills" }, Invoices with { Statuses = ["PAID"] },
                Invoices with { From = new(2026, 1, 1) }, Invoices with { To = new(2026, 1, 1) },
            ])
            RemovedRows.All(chosen with { Configuration = other }, Nothing).Should().BeNull("{0}", other);
    }

    [Fact]
    public void Rows_of_periods_that_have_passed_go_unasked_and_those_of_the_same_ones_do_not()
    {
        string[] october = ["2026-10-01/2026-10-31"], november = ["2026-11-01/2026-11-30"];
        var monthly = Started with { Last = Started.Last! with { Selection = Invoices.Selection(), Periods = october } };
        var all = new Difference(0, 0, 1_234, 0);

        RemovedRows.All(monthly, Nothing, october).Should().Be(monthly.Last);
        RemovedRows.All(monthly, Nothing, november).Should().BeNull();
        RemovedRows.Many(monthly, Tab, all, october).Should().NotBeNull();
        RemovedRows.Many(monthly, Tab, all, november).Should().BeNull();
        RemovedRows.All(monthly with { Last = monthly.Last! with { Periods = null } }, Nothing, october).Should().BeNull("a replay wrote it");
    }

    [Fact]
    public void Of_what_an_older_version_wrote_any_change_may_be_the_one_that_chooses_other_rows()
    {
        RemovedRows.All(Started, Nothing).Should().Be(Started.Last);
        RemovedRows.All(Started with { ConfigurationVersion = 2 }, Nothing).Should().BeNull();
    }

    [Fact]
    public void Nobody_need_look_where_nothing_is_emptied_or_a_person_has_chosen_what_is_written()
    {
        RemovedRows.All(Started, Nothing with { Rows = 1 }).Should().BeNull();
        RemovedRows.All(Started with { SpreadsheetId = "sheet-2" }, Nothing).Should().BeNull("that spreadsheet holds none of them");
        RemovedRows.All(Started with { ReplayOf = Before }, Nothing).Should().BeNull();
        RemovedRows.All(Started with { LookedAt = new(Before, RunCodes.ColumnsMove, Nothing.Hash) }, Nothing).Should().BeNull();
        RemovedRows.All(Started with { Last = null }, Nothing).Should().BeNull();
    }

    [Fact]
    public void The_order_in_which_organizations_and_statuses_were_chosen_chooses_no_other_rows()
    {
        var one = Invoices with { ConnectionIds = [Acme, Beta], Statuses = ["PAID", "VOIDED"] };
        var other = Invoices with { ConnectionIds = [Beta, Acme], Statuses = ["VOIDED", "PAID"] };

        other.Selection().Should().Be(one.Selection());
    }

    [Fact]
    public void Few_are_not_told() => RemovedRows.Many(Started, Tab, new Difference(0, 0, 30, 70)).Should().BeNull();

    [Fact]
    public void What_was_left_in_another_tab_or_spreadsheet_was_not_removed()
    {
        var all = new Difference(0, 0, 1_234, 0);

        RemovedRows.Many(Started, Tab, all).Should().NotBeNull();
        RemovedRows.Many(Started, Tab + 1, all).Should().BeNull("that is a new tab beside it, or one made again");
        RemovedRows.Many(Started with { SpreadsheetId = "sheet-2" }, Tab, all).Should().BeNull();
        RemovedRows.Many(Started with { Last = null }, Tab, all).Should().BeNull();
    }

    [Theory]
    [InlineData(1, 0, "The only row was removed from the tab. ")]
    [InlineData(1, 1, "1 of 2 rows was removed from the tab. ")]
    [InlineData(2, 0, "2 of 2 rows were removed from the tab. ")]
    public void One_row_is_told_as_one(long removed, long others, string words) =>
        RemovedRows.Many(Started, Tab, new Difference(0, 0, removed, others))!.Message.Should().StartWith(words);

    [Fact]
    public void Many_are_told_with_separators_their_cause_and_what_to_do()
    {
        var all = new Difference(0, 0, 1_234, 0);

        var unchanged = RemovedRows.Many(Started, Tab, all)!;
        var changed = RemovedRows.Many(Started with { ConfigurationVersion = 2 }, Tab, all)!;
        var replayed = RemovedRows.Many(Started with { ReplayOf = Before }, Tab, all)!;

        new[] { unchanged, changed, replayed }.Should().OnlyContain(
            warning => warning.Code == "CK-RUN-08" && warning.Message.StartsWith("1,234 of 1,234 rows ", StringComparison.Ordinal));
        unchanged.Message.Should().Contain("no longer in Xero").And.Contain("check the records in Xero");
        changed.Message.Should().Contain("The exporter was changed").And.Contain("change its filters");
        replayed.Message.Should().Contain("earlier run").And.EndWith("writes today's rows again, if there are any.");
    }

    [Theory]
    [InlineData(true, false, "The tab held the rows of an earlier run, from a replay. It is up to date again.")]
    [InlineData(
        false, true,
        "The exporter was changed since the tab was last written. If something is missing, change its filters and run it again.")]
    [InlineData(
        true, true,
        "The tab held the rows of an earlier run, from a replay. The exporter was changed too. "
        + "If something is missing, change its filters and run it again.")]
    public void A_replay_before_it_and_changed_filters_are_both_named_as_causes(
        bool isAfterReplay, bool hasOtherFilters, string causes)
    {
        var run = Started with
        {
            Configuration = hasOtherFilters ? Invoices with { Statuses = ["PAID"] } : Invoices,
            ConfigurationVersion = 2,
            Last = Started.Last! with { Selection = Invoices.Selection(), ReplayedAt = isAfterReplay ? Now : null },
        };

        RemovedRows.Many(run, Tab, new Difference(0, 0, 1_234, 0))!.Message.Should().Be(
            $"1,234 of 1,234 rows were removed from the tab. {causes}");
    }

    [Fact]
    public void Of_a_replay_by_an_earlier_version_that_did_not_note_the_filters_no_change_is_told()
    {
        var run = Started with { ConfigurationVersion = 2, Last = Started.Last! with { Selection = null, ReplayedAt = Now } };

        RemovedRows.Many(run, Tab, new Difference(0, 0, 1_234, 0))!.Message.Should().EndWith(
            "The tab held the rows of an earlier run, from a replay. It is up to date again.");
    }

    [Fact]
    public void A_replay_after_a_replay_says_what_the_tab_holds_now()
    {
        var again = Started with { ReplayOf = Before, Last = Started.Last! with { ReplayedAt = Now } };

        RemovedRows.Many(again, Tab, new Difference(0, 0, 1_234, 0))!.Message.Should().Contain(
            "The tab now holds what the earlier run had.");
    }
}
