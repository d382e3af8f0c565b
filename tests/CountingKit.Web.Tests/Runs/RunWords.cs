using System.Globalization;
using CountingKit.Datasets;
using CountingKit.Runs;
using CountingKit.Web.Features.Runs;

namespace CountingKit.Web.Tests.Runs;

/// <summary>What the pages say of a run.</summary>
public sealed class RunWords
{
    private static readonly Guid Acme = Guid.Parse("0193a000-0000-7000-8000-00000000000a");

    [Theory]
    [InlineData(RunStatus.Completed, 0, "same records, written again")]
    [InlineData(RunStatus.Warnings, 0, "same records, written again")]
    [InlineData(RunStatus.NoChanges, 0, "no differences")]
    [InlineData(RunStatus.Completed, 2, "2 added, 0 changed, 0 removed")]
    public void A_tab_that_was_written_with_the_same_records_is_told_as_that(RunStatus status, long added, string words) =>
        RunBadges.DifferenceOf(Run(status, added: added)).Should().Be(words);

    [Fact]
    public void A_run_that_warns_although_it_wrote_nothing_has_laid_nothing_out_anew() =>
        RunBadges.DifferenceOf(Run(RunStatus.Warnings, untouched: true)).Should().Be("no differences");

    [Theory]
    [InlineData(RunStatus.Completed, false, true)]
    [InlineData(RunStatus.NoChanges, true, true)]
    [InlineData(RunStatus.Failed, false, true)]
    [InlineData(RunStatus.Failed, true, false)]
    [InlineData(RunStatus.Canceled, true, false)]
    public void Lists_count_only_rows_that_stand_in_the_sheet_or_may(RunStatus status, bool untouched, bool counts)
    {
        var run = Run(status, added: 1200, untouched: untouched);
        run.Rows = 1200;

        RunBadges.RowsInLists(run).Should().Be(counts ? "1,200" : "–");
        RunBadges.DifferenceInLists(run).Should().Be(counts ? "1,200 added, 0 changed, 0 removed" : null);
        RunBadges.DifferenceOf(run).Should().NotBeNull("the run's own page says what it would have made");
    }

    [Theory]
    [InlineData("CK-RUN-07", true, "Needs a look")]
    [InlineData("CK-SHEET-07", true, "Needs a look")]
    [InlineData("CK-SHEET-14", true, "Needs a look")]
    [InlineData("CK-SHEET-14", false, "Failed")]
    [InlineData("CK-XERO-AUTH-02", true, "Failed")]
    public void A_run_that_stopped_for_a_look_is_called_so_unless_it_may_have_written(string code, bool untouched, string words) =>
        RunBadges.BadgeOf(Run(RunStatus.Failed, code, untouched: untouched)).Text.Should().Be(words);

    [Theory]
    [InlineData(5_000, "about 5 seconds;")]
    [InlineData(35_001, "about 40 seconds;")]
    [InlineData(110_000, "about 110 seconds;")]
    public void A_short_wait_is_told_in_steps_of_five_seconds(int milliseconds, string words) =>
        RunBadges.ShortWait(TimeSpan.FromMilliseconds(milliseconds)).Should().Contain(words);

    [Fact]
    public void A_short_wait_is_told_of_one_organization_or_of_all_of_them()
    {
        var wait = TimeSpan.FromSeconds(20);

        RunBadges.ShortWait(wait).Should().Be(
            "Xero isn't accepting any more calls for this organization for about 20 seconds; the run resumes by itself.");
        RunBadges.ShortWait(wait, isOfApp: true).Should().Be(
            "Xero isn't accepting any more calls from this portal, for any organization, for about 20 seconds; "
            + "the run resumes by itself.");
    }

    [Theory]
    [InlineData(0, "0 rows")]
    [InlineData(1, "1 row")]
    [InlineData(1_234, "1,234 rows")]
    public void One_row_is_one(long rows, string words) => RunBadges.Rows(rows).Should().Be(words);

    [Theory]
    [InlineData("CK-XERO-AUTH-02", "/connections/0193a000-0000-7000-8000-00000000000a/reconnect")]
    [InlineData("CK-XERO-ACCESS-01", "/connections/0193a000-0000-7000-8000-00000000000a/reconnect")]
    [InlineData("CK-GOOGLE-AUTH-01", "/spreadsheets")]
    [InlineData("CK-GOOGLE-SIGNIN-11", "/spreadsheets")]
    [InlineData("CK-XERO-LIMIT-01", null)]
    [InlineData(null, null)]
    public void A_run_that_failed_for_its_sign_in_leads_to_where_that_is_renewed(string? code, string? address)
    {
        RunBadges.Reconnecting(Run(RunStatus.Failed, code)).Should().Be(address);
        RunBadges.Reconnecting(Run(RunStatus.Completed, code)).Should().BeNull();
    }

    [Fact]
    public void A_replays_tab_is_named_by_its_moment_in_UTC_within_a_hundred_characters_and_cuts_no_character_in_two()
    {
        var run = Run(RunStatus.Completed);
        run.TabTitle = new string('x', 83) + "📒" + new string('y', 15);

        var proposed = ReplayForm.New(run).Tab!;

        proposed.Should().Be(new string('x', 83) + " 2026-11-02 0905");
        run.TabTitle = "Invoices";
        ReplayForm.New(run).Tab.Should().Be("Invoices 2026-11-02 0905");
    }

    [Theory]
    [InlineData("1234.5000", ColumnType.Money, "1,234.50")]
    [InlineData("-1234.5", ColumnType.Money, "-1,234.50")]
    [InlineData("0", ColumnType.Money, "0.00")]
    [InlineData("1.2345670", ColumnType.Decimal, "1.234567")]
    [InlineData("2", ColumnType.Decimal, "2.00")]
    [InlineData("1234", ColumnType.WholeNumber, "1,234")]
    public void A_number_is_shown_as_a_sheet_shows_it(string number, ColumnType type, string shown) =>
        RunBadges.Show(CellValue.Number(decimal.Parse(number, CultureInfo.InvariantCulture)), type).Should().Be(shown);

    [Theory]
    [InlineData("1234.5678901", ColumnType.Money)]
    [InlineData("-1.23456789012", ColumnType.Decimal)]
    [InlineData("1234567890123456789", ColumnType.WholeNumber)]
    public void The_whole_of_a_number_is_told_however_few_decimals_are_shown(string number, ColumnType type) =>
        RunBadges.ShowWhole(CellValue.Number(decimal.Parse(number, CultureInfo.InvariantCulture)), type).Should().Be(number);

    [Fact]
    public void The_whole_of_a_moment_is_told_and_of_all_else_what_is_shown()
    {
        var moment = new DateTimeOffset(2026, 11, 2, 9, 5, 7, 120, TimeSpan.Zero);

        RunBadges.ShowWhole(CellValue.Instant(moment), ColumnType.Instant).Should().Be("2026-11-02 09:05:07.12 UTC");
        RunBadges.ShowWhole(CellValue.Instant(moment.AddMilliseconds(-120)), ColumnType.Instant)
            .Should().Be("2026-11-02 09:05:07 UTC");
        RunBadges.ShowWhole(CellValue.Text("0090"), ColumnType.Text).Should().Be("0090");
        RunBadges.ShowWhole(CellValue.YesNo(true), ColumnType.YesNo).Should().Be("TRUE");
    }

    [Fact]
    public void A_moment_and_a_yes_are_shown_as_a_sheet_shows_them()
    {
        var moment = CellValue.Instant(new(2026, 11, 2, 9, 5, 7, TimeSpan.Zero));

        RunBadges.Show(moment, ColumnType.Instant).Should().Be("2026-11-02 09:05:07");
        RunBadges.Show(CellValue.YesNo(true), ColumnType.YesNo).Should().Be("TRUE");
        RunBadges.Show(CellValue.YesNo(false), ColumnType.YesNo).Should().Be("FALSE");
    }

    [Fact]
    public void A_replay_of_a_replay_is_proposed_a_tab_named_after_the_exporters_own_and_the_one_moment_of_its_rows()
    {
        var replay = Run(RunStatus.Completed);
        (replay.TabTitle, replay.IsBeside) = ("Invoices 2026-11-01 1830", true);
        replay.DataAt = new(2026, 11, 1, 18, 30, 0, DateTimeKind.Utc);

        ReplayForm.New(replay, "Invoices").Tab.Should().Be("Invoices 2026-11-01 1830");
    }

    private static RunRow Run(RunStatus status, string? code = null, long added = 0, bool? untouched = null) => new()
    {
        SheetUntouched = untouched ?? status is not (RunStatus.Completed or RunStatus.Warnings),
        ExporterName = "Invoices", Connections = Acme.ToString(), Actor = "system", SpreadsheetId = "s", TabTitle = "Invoices",
        Status = status, Code = code, Added = added, Changed = 0, Removed = 0,
        QueuedAt = new(2026, 11, 2, 9, 5, 0, DateTimeKind.Utc),
    };
}
