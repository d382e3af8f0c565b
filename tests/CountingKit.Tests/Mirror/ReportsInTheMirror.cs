using CountingKit.Mirror;

namespace CountingKit.Tests.Mirror;

/// <summary>A report's periods as records: which of them count, what is left out, what cannot be read.</summary>
public sealed class ReportsInTheMirror : IDisposable
{
    private const string October = "2026-10-01/2026-10-31";
    private const string November = "2026-11-01/2026-11-30";

    private readonly MirrorUnderTest mirror = new(resource: "ProfitAndLoss");

    public void Dispose() => mirror.Dispose();

    [Fact]
    public async Task Only_the_periods_of_the_run_are_rows_in_the_report_s_order()
    {
        await mirror.SyncPeriods((November, Report("3", "4")), (October, Report("1", "2")), ("2026-10-31", Report("9", "9")));

        (await Rows([October, November])).Should().Equal("Oct 2026 Sales 1", "Oct 2026 Rent 2", "Nov 2026 Sales 3", "Nov 2026 Rent 4");
        (await Rows([October])).Should().Equal("Oct 2026 Sales 1", "Oct 2026 Rent 2");
        (await Rows([])).Should().BeEmpty("no period is not all of them");
    }

    [Fact]
    public async Task A_period_that_was_read_again_has_its_new_lines()
    {
        await mirror.SyncPeriods((October, Report("1", "2")), (November, Report("3", "4")));
        await mirror.SyncPeriods((October, Report("1", "7")));

        (await Rows([October, November])).Should().Equal("Oct 2026 Sales 1", "Oct 2026 Rent 7", "Nov 2026 Sales 3", "Nov 2026 Rent 4");
    }

    [Fact]
    public async Task Totals_that_are_left_out_are_counted_and_other_periods_are_not()
    {
        await mirror.SyncPeriods((October, Report("1", "2")), (November, Report("3", "4")));
        var projection = Projection([October]);

        var without = await mirror.Mirror.Project(projection with { Filters = [new("isTotal", Is: false)] }, CancellationToken.None);
        var with = await mirror.Mirror.Project(projection, CancellationToken.None);

        (without.Snapshot.Rows, without.LeftOut).Should().Be((2, 1));
        (with.Snapshot.Rows, with.LeftOut).Should().Be((3, 0));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_by_line_and_period_each()
    {
        await mirror.SyncPeriods((October, Report("1.00.0", "n/a")), (November, """{"Rows":5}"""));

        var unreadable = (await mirror.Unreadable(Projection([October, November])))!;

        unreadable.First.Should().Equal(
            new UnreadableValue(October, "Sales", "amount", false), new UnreadableValue(October, "Rent", "amount", false),
            new UnreadableValue(November, null, "Rows", true));
    }

    private static string Report(string sales, string rent) => $$$"""
        {"Rows":[
          {"RowType":"Section","Title":"Income","Rows":[{"RowType":"Row","Cells":[{"Value":"Sales"},{"Value":"{{{sales}}}"}]}]},
          {"RowType":"Section","Title":"Costs","Rows":[{"RowType":"Row","Cells":[{"Value":"Rent"},{"Value":"{{{rent}}}"}]}]},
          {"RowType":"Section","Title":"","Rows":[{"RowType":"Row","Cells":[{"Value":"Net Profit"},{"Value":"0"}]}]}]}
        """;

    private Projection Projection(IReadOnlyList<string> periods) => new(
        "profitAndLoss", [new(mirror.Source, "Acme", mirror.Segments, Records: periods)], ["period", "account", "amount"], [], []);

    private async Task<List<string>> Rows(IReadOnlyList<string> periods) =>
    [
        .. (await mirror.Rows(Projection(periods) with { Filters = [new("isTotal", Is: false)] }))
            .Select(row => FormattableString.Invariant($"{row[0].AsText} {row[1].AsText} {row[2].AsNumber}")),
    ];
}
