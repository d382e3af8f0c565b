using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>What reports make of their parameters, and how they are laid out.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroReportShapes(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Fact]
    public async Task A_column_to_compare_with_is_as_long_as_the_first()
    {
        var (app, tenant) = await books.SignedIn(0);
        var end = await books.LastMonthEnd();
        var start = ReportOfXero.First(end).AddMonths(-11);

        var year = await ReportOfXero.Read(app, tenant,
            $"ProfitAndLoss?fromDate={ReportOfXero.Iso(start)}&toDate={ReportOfXero.Iso(end)}&periods=2&timeframe=MONTH");
        var before = await ReportOfXero.Read(app, tenant,
            $"ProfitAndLoss?fromDate={ReportOfXero.Iso(start.AddMonths(-1))}&toDate={ReportOfXero.Iso(end.AddMonths(-1))}");

        year.Header.Should().HaveCount(4);
        year.Amounts("Net Profit")[1].Should().Be(before.Amounts("Net Profit")[0]);
        before.Titles.Should().HaveCount(3).And.HaveElementAt(0, "Profit & Loss");
        year.Sections.Should().Equal(
            "Income", "Less Cost of Sales", "", "Plus Other Income", "Less Operating Expenses", "");
        ReportOfXero.Attribute(year.Row("Sales"), 0, "account").Should().HaveLength(36)
            .And.Be(ReportOfXero.Attribute(year.Row("Sales"), 3, "account"));
        ReportOfXero.Attribute(year.Row("Net Profit"), 0, "account").Should().BeNull();
    }

    [Fact]
    public async Task A_category_alone_is_a_column_for_each_option_and_with_an_option_a_filter()
    {
        var (app, tenant) = await books.SignedIn(0);
        var end = await books.LastMonthEnd();
        var span = $"fromDate={ReportOfXero.Iso(ReportOfXero.First(end).AddMonths(-11))}&toDate={ReportOfXero.Iso(end)}";
        var categories = await app.Read("api.xro/2.0/TrackingCategories?includeArchived=true", tenant);
        var region = categories["TrackingCategories"]!.AsArray().Single(each => each!["Name"]!.GetValue<string>() == "Region")!;
        var option = region["Options"]![1]!;

        var split = await ReportOfXero.Read(app, tenant, $"ProfitAndLoss?{span}&trackingCategoryID={region["TrackingCategoryID"]}");
        var one = await ReportOfXero.Read(app, tenant,
            $"ProfitAndLoss?{span}&trackingCategoryID={region["TrackingCategoryID"]}&trackingOptionID={option["TrackingOptionID"]}");

        split.Header.Skip(1).Should().Equal("North", "South", "=East", "0090", "Old Town", "Unassigned", "Total");
        var profits = split.Amounts("Net Profit");
        profits.SkipLast(1).Sum().Should().Be(profits[^1]);
        one.Amounts("Net Profit").Should().Equal(profits[1]);
    }

    [Fact]
    public async Task The_executive_summary_has_percentages_and_every_digit()
    {
        var (app, tenant) = await books.SignedIn(0);
        var date = await books.LastMonthEnd();

        var summary = await ReportOfXero.Read(app, tenant, $"ExecutiveSummary?date={ReportOfXero.Iso(date)}");
        var bank = await ReportOfXero.Read(app, tenant, $"BankSummary?fromDate={ReportOfXero.Iso(ReportOfXero.First(date))}&toDate={ReportOfXero.Iso(date)}");

        summary.Sections.Should().Equal("Cash", "Profitability", "Balance Sheet", "Income", "Performance", "Position");
        summary.Header.Should().Equal("", Title(date), Title(ReportOfXero.First(date).AddDays(-1)), "Variance");
        ReportOfXero.Texts(summary.Row("Closing bank balance"))[1].Should().Be(ReportOfXero.Texts(bank.Row("Total"))[4]);
        ReportOfXero.Texts(summary.Row("Gross profit margin"))[1].Should().MatchRegex(@"^-?\d+\.\d%$");
        ReportOfXero.Texts(summary.Row("Average debtors days"))[1].Length.Should().BeGreaterThan(15);

        static string Title(DateOnly month) => month.ToString("MMM yyyy", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_budget_has_a_column_for_each_period()
    {
        var (app, tenant) = await books.SignedIn(0);
        var date = await books.LastMonthEnd();

        var months = await ReportOfXero.Read(app, tenant, $"BudgetSummary?date={ReportOfXero.Iso(date)}&periods=6&timeframe=1");
        var quarters = await ReportOfXero.Read(app, tenant, $"BudgetSummary?date={ReportOfXero.Iso(date)}&periods=2&timeframe=3");

        months.Header.Should().HaveCount(7).And.HaveElementAt(1, date.ToString("MMM-yy", CultureInfo.InvariantCulture));
        quarters.Amounts("Net Profit").Sum().Should().Be(months.Amounts("Net Profit").Sum()).And.NotBe(0);
        months.Titles.Should().HaveCount(4).And.HaveElementAt(0, "Overall Budget");
    }

    [Theory]
    [InlineData("ProfitAndLoss?periods=13")]
    [InlineData("ProfitAndLoss?fromDate=31.12.2026")]
    [InlineData("ProfitAndLoss?timeframe=WEEK")]
    [InlineData("ProfitAndLoss?trackingCategoryID=11111111-2222-3333-4444-555555555555")]
    [InlineData("BudgetSummary?timeframe=MONTH")]
    public async Task A_parameter_that_means_nothing_is_refused(string query)
    {
        var (app, tenant) = await books.SignedIn(0);

        var answer = await app.Api($"api.xro/2.0/Reports/{query}", tenant);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Type"]!.GetValue<string>().Should().Be("ValidationException");
    }

    [Theory]
    [InlineData("ProfitAndLoss", "profitandloss")]
    [InlineData("BalanceSheet", "balancesheet")]
    [InlineData("TrialBalance", "trialbalance")]
    [InlineData("BankSummary", "banksummary")]
    [InlineData("ExecutiveSummary", "executivesummary")]
    [InlineData("BudgetSummary", "budgetsummary")]
    public async Task Each_report_has_a_scope_of_its_own_and_the_broad_one_opens_all(string report, string scope)
    {
        var own = await books.Connected($"offline_access accounting.reports.{scope}.read");
        var broad = await books.Connected("offline_access accounting.reports.read");
        var other = await books.Connected(
            XeroApp.BookScopes.Replace($" accounting.reports.{scope}.read", "", StringComparison.Ordinal));

        (await own.Api($"api.xro/2.0/Reports/{report}", books.First)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await broad.Api($"api.xro/2.0/Reports/{report}", books.First)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await other.Api($"api.xro/2.0/Reports/{report}", books.First)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}
