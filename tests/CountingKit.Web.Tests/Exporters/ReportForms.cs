using System.Net;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Web.Features.Exporters;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Exporters;

/// <summary>What can be chosen of a report, and what its exporter's page says of it.</summary>
public sealed class ReportForms(ExporterPages.Connected connected) : IClassFixture<ExporterPages.Connected>
{
    private Browser Owner => connected.Owner;

    [Fact]
    public async Task A_report_s_options_are_kept_and_its_page_tells_them_and_why_it_may_differ()
    {
        var made = await Owner.Submit(
            await Form("profitAndLoss"), ("Name", "Profits"), ("TabTitle", "Profits"), ("Report.Unit", "Quarter"),
            ("Report.Count", "8"), ("Report.Basis", "Cash"), ("Report.Totals", "true"));

        var page = await Owner.Get(made.Location!);
        page.ById("exporter-facts").TextContent.Should().Contain("the last 8 quarters with the current one, by quarter, cash basis, with totals")
            .And.NotContain("Statuses");
        page.ById("run-line").TextContent.Should().Contain("Xero is asked for the periods");
        page.ById("report-differences").TextContent.Should().Contain("This is on cash basis").And.Contain("once a week")
            .And.Contain("Xero's standard layout").And.NotContain("Totals are left out");
        var edit = await Owner.Get($"{made.Location}/edit");
        edit.Document.QuerySelector("#report-unit option[selected]")!.GetAttribute("value").Should().Be("Quarter");
        edit.Document.QuerySelector("#report-count")!.GetAttribute("value").Should().Be("8");
        edit.Document.QuerySelector("input[name='Report.Totals']")!.HasAttribute("checked").Should().BeTrue();
    }

    [Theory]
    [InlineData("Report.Count", "CK-EXPORTER-30", "Report.Count", "241")]
    [InlineData("Report.Unit", "CK-EXPORTER-29", "Report.Unit", "Quarter", "Report.Range", "LastMonth")]
    [InlineData("To", "CK-EXPORTER-31", "Report.Range", "Fixed", "From", "2026-01-01")]
    [InlineData("To", "CK-EXPORTER-11", "Report.Range", "Fixed", "From", "2026-02-01", "To", "2026-01-01")]
    public async Task What_is_wrong_is_told_at_its_field(string field, string code, params string[] fields)
    {
        (string, string?)[] wrong = [.. fields.Chunk(2).Select(pair => (pair[0], (string?)pair[1]))];
        (string, string?)[] named = [("Name", "Wrong"), ("TabTitle", "Wrong")];

        var page = await Owner.Submit(await Form("profitAndLoss"), [.. named, .. wrong]);

        page.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelector($"[name='{field}']")!.ClassList.Should().Contain("is-invalid");
        page.Text.Should().Contain(code);
    }

    [Fact]
    public async Task The_preview_tells_the_calls_before_anything_is_read()
    {
        var form = await Form("trialBalance");
        form.SetAttribute("action", "/exporters/preview");

        var preview = await Owner.Submit(form, ("Report.Count", "24"));

        preview.ById("preview-cost").TextContent.Should().Contain("25 to read everything once").And.Contain("each of 24 periods")
            .And.MatchRegex("[34] for a refresh");
        preview.ById("preview-hint").TextContent.Should().Contain("Nothing has been read");
    }

    [Fact]
    public async Task Each_report_offers_what_Xero_does_and_no_more()
    {
        foreach (var (report, units, fields) in ((string, int, string[])[])
        [
            ("profitAndLoss", 4, ["Basis", "Layout", "Totals"]), ("balanceSheet", 4, ["Basis", "Layout", "Totals"]),
            ("trialBalance", 4, ["Basis", "Totals"]), ("bankSummary", 4, ["Totals"]), ("executiveSummary", 1, []),
            ("budgetSummary", 3, ["Totals"]),
        ])
        {
            var page = await Owner.Get($"/exporters/new?dataset={report}&connection={connected.Connection}");

            page.Document.QuerySelectorAll("#report-unit option").Should().HaveCount(units, report);
            ((string[])["Basis", "Layout", "Totals"]).Where(field => page.Document.QuerySelector($"[name='Report.{field}']") is not null)
                .Should().Equal(fields);
        }
    }

    [Fact]
    public void A_report_whose_permission_lacks_says_which()
    {
        var report = DatasetCatalogue.Get("profitAndLoss").Resource;
        var nobody = new ConnectionListItem(
            Guid.Empty, "Acme", "Acme", null, [],
            ConnectionBadge.Of(ConnectionStatus.Open, null, [], TimeProvider.System.GetUtcNow().UtcDateTime), false, null, null, 0, 0);

        nobody.LackingFor(report).Should().BeNull("nothing is known");
        (nobody with { Granted = ["accounting.reports.balancesheet.read"] }).LackingFor(report).Should().Be("Profit and Loss");
        (nobody with { Granted = ["accounting.reports.profitandloss.read"] }).LackingFor(report).Should().BeNull();
        (nobody with { Granted = ["accounting.reports.read"] }).LackingFor(report).Should().BeNull("it opens all reports");
    }

    [Theory]
    [InlineData(ReportUnit.Month, ReportRange.Last, 1, "the current month, by month, accrual basis, without totals")]
    [InlineData(ReportUnit.Whole, ReportRange.YearToDate, 12, "this financial year to date, accrual basis, without totals")]
    [InlineData(ReportUnit.Year, ReportRange.Last, 3, "the last 3 financial years with the current one, by year, accrual basis, without totals")]
    [InlineData(ReportUnit.Month, ReportRange.Fixed, 12, "the chosen days, by month, accrual basis, without totals")]
    public void Periods_read_as_a_person_says_them(ReportUnit unit, ReportRange range, int count, string words) => ReportWords.Sentence(
        DatasetCatalogue.Get("profitAndLoss").Report!, new ReportOptions(unit, range, count), "the chosen days").Should().Be(words);

    private async Task<AngleSharp.Html.Dom.IHtmlFormElement> Form(string dataset) =>
        (await Owner.Get($"/exporters/new?dataset={dataset}&connection={connected.Connection}")).Form("#exporter-form");
}
