using CountingKit.Runs;
using CountingKit.Web.Features.Runs;

namespace CountingKit.Web.Tests.Runs;

/// <summary>What the pages say of a run.</summary>
public sealed class RunWords
{
    private static readonly Guid Acme = Guid.Parse("0193a000-0000-7000-8000-00000000000a");

    [Theory]
    [InlineData(RunStatus.Completed, 0, "same records, laid out anew")]
    [InlineData(RunStatus.Warnings, 0, "same records, laid out anew")]
    [InlineData(RunStatus.NoChanges, 0, "nothing different")]
    [InlineData(RunStatus.Completed, 2, "2 added, 0 changed, 0 removed")]
    public void A_tab_that_was_written_with_the_same_records_differs_in_its_columns(RunStatus status, long added, string words) =>
        RunBadges.DifferenceOf(Run(status, added: added)).Should().Be(words);

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

    private static RunRow Run(RunStatus status, string? code = null, long added = 0) => new()
    {
        ExporterName = "Invoices", Connections = Acme.ToString(), Actor = "system", SpreadsheetId = "s", TabTitle = "Invoices",
        Status = status, Code = code, Added = added, Changed = 0, Removed = 0,
        QueuedAt = new(2026, 11, 2, 9, 5, 0, DateTimeKind.Utc),
    };
}
