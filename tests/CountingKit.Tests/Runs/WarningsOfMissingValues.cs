using CountingKit.Mirror;
using CountingKit.Runs;

namespace CountingKit.Tests.Runs;

public sealed class WarningsOfMissingValues
{
    [Fact]
    public void Rows_without_a_gap_have_none() => MissingValues.Of(Made(null)).Should().BeEmpty();

    [Fact]
    public void Record_field_and_what_became_of_it_are_told_and_the_rest_is_counted()
    {
        var warnings = MissingValues.Of(Made(new(
            [new("id-1", "INV-1", "dueDate", false), new("id-2", null, "date", true), new("id-3", "INV-3", "Type", true)], 1_203)));

        warnings.Select(warning => warning.Message).Should().Equal(
            "INV-1 (id-1): its Due Date in Xero can't be read. The cell is blank.",
            "id-2 is left out: its Date in Xero can't be read, and the exporter's filter asks for it.",
            "INV-3 (id-3) is left out: its Type in Xero can't be read, and the exporter's filter asks for it.",
            "And 1,200 more values from Xero can't be read.");
        warnings.Should().OnlyContain(warning => warning.Code == RunCodes.Unreadable.Code);
    }

    [Fact]
    public void Of_a_report_line_and_period_are_told() => MissingValues.Of(Made(
            new([new("2026-10-01/2026-10-31", "Rent", "amount", false), new("2026-11-01/2026-11-30", null, "Rows", true)], 2), "profitAndLoss"))
        .Select(warning => warning.Message).Should().Equal(
            "Rent (Oct 2026): its Amount in Xero can't be read. The cell is blank.", "Nov 2026 is left out: its Rows in Xero can't be read.");

    [Theory]
    [InlineData(1, "1 record in a foreign currency has no exchange rate in Xero; its base amounts are blank and not in your totals: INV-1.")]
    [InlineData(3, "3 records in a foreign currency have no exchange rate in Xero; their base amounts are blank and not in your totals: INV-1, INV-2, INV-3.")]
    [InlineData(1_204, "1,204 records in a foreign currency have no exchange rate in Xero; their base amounts are blank and not in your totals: INV-1, INV-2, INV-3 and 1,201 more.")]
    public void Records_without_a_rate_are_counted_and_the_first_ones_are_named(long count, string message)
    {
        string[] numbers = ["INV-1", "INV-2", "INV-3"];

        MissingValues.Of(Made(null) with { Unrated = new([.. numbers.Take((int)Math.Min(count, 3))], count) })
            .Should().Equal(new RunWarning("CK-XERO-DATA-03", message));
    }

    private static SnapshotMade Made(UnreadableValues? unreadable, string dataset = "invoices") => new(
        Guid.CreateVersion7(), new(new string('0', 64), Guid.CreateVersion7(), dataset, [], 2, 1), 2, Unreadable: unreadable);
}
