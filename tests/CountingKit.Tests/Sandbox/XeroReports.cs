using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>Reports come from one ledger, and agree with each other.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroReports(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(0, "&paymentsOnly=true")]
    public async Task Debits_are_credits_and_the_result_is_the_net_profit(int place, string basis)
    {
        var (app, tenant) = await books.SignedIn(place);
        var date = await books.LastMonthEnd();

        var balance = await ReportOfXero.Read(app, tenant, $"TrialBalance?date={ReportOfXero.Iso(date)}{basis}");
        var year = await YearStart(app, tenant, date);
        var profit = await ReportOfXero.Read(app, tenant,
            $"ProfitAndLoss?fromDate={ReportOfXero.Iso(year)}&toDate={ReportOfXero.Iso(date)}&standardLayout=true{basis}");

        var total = balance.Amounts("Total");
        total[0].Should().Be(total[1]);
        total[2].Should().Be(total[3]).And.BePositive();
        for (var column = 1; column <= 4; column++)
        {
            balance.Lines.Where(row => row["RowType"]!.GetValue<string>() == "Row")
                .Sum(row => ReportOfXero.Amount(ReportOfXero.Texts(row)[column])).Should().Be(total[column - 1]);
        }

        var result = balance.Json["Rows"]!.AsArray().Where(section => section!["Title"]?.GetValue<string>() is "Revenue" or "Expenses")
            .SelectMany(section => section!["Rows"]!.AsArray()).Select(row => ReportOfXero.Texts(row!))
            .Sum(texts => ReportOfXero.Amount(texts[4]) - ReportOfXero.Amount(texts[3]));
        profit.Amounts("Net Profit").Should().Equal(result);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(0, "&paymentsOnly=true")]
    public async Task Net_assets_are_equity_in_every_column(int place, string basis)
    {
        var (app, tenant) = await books.SignedIn(place);
        var date = await books.LastMonthEnd();

        var sheet = await ReportOfXero.Read(app, tenant,
            $"BalanceSheet?date={ReportOfXero.Iso(date.AddDays(-10))}&periods=7&timeframe=QUARTER{basis}");

        sheet.Header.Should().HaveCount(9);
        sheet.Header[1].Should().Be(date.ToString("d MMM yyyy", CultureInfo.InvariantCulture));
        sheet.Amounts("Net Assets").Should().Equal(sheet.Amounts("Total Equity"));
        sheet.Amounts("Net Assets").Should().Equal(
            sheet.Amounts("Total Assets").Zip(sheet.Amounts("Total Liabilities"), (assets, owed) => assets - owed));
        var earnings = sheet.Row("Current Year Earnings");
        ReportOfXero.Attribute(earnings, 1, "account").Should().Be(Guid.Empty.ToString());
        ReportOfXero.Attribute(earnings, 1, "toDate").Should().Be(date.ToString("M/d/yyyy", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Bank_accounts_close_with_what_the_balance_sheet_says()
    {
        var (app, tenant) = await books.SignedIn(0);
        var date = await books.LastMonthEnd();

        var bank = await ReportOfXero.Read(app, tenant, $"BankSummary?fromDate={ReportOfXero.Iso(ReportOfXero.First(date))}&toDate={ReportOfXero.Iso(date)}");
        var sheet = await ReportOfXero.Read(app, tenant, $"BalanceSheet?date={ReportOfXero.Iso(date)}");

        bank.Header.Should().Equal("Bank Accounts", "Opening Balance", "Cash Received", "Cash Spent", "Closing Balance");
        bank.Amounts("Total")[3].Should().Be(sheet.Amounts("Total Bank")[0]);
        var account = bank.Row("Business Bank Account");
        (ReportOfXero.Attribute(account, 0, "accountID"), ReportOfXero.Attribute(account, 2, "account"))
            .Should().Be((ReportOfXero.Attribute(account, 3, "account"), ReportOfXero.Attribute(account, 0, "accountID")));
        var amounts = bank.Amounts("Business Bank Account");
        (amounts[0] + amounts[1] - amounts[2]).Should().Be(amounts[3]);
    }

    [Fact]
    public async Task A_report_changes_when_an_invoice_does()
    {
        var (app, tenant) = await books.SignedIn(1);
        const string query = "ProfitAndLoss?fromDate=2031-03-01&toDate=2031-03-31";
        var before = await ReportOfXero.Read(app, tenant, query);

        await Put(tenant, "AUTHORISED");
        var approved = await ReportOfXero.Read(app, tenant, query);
        await Put(tenant, "VOIDED");
        var voided = await ReportOfXero.Read(app, tenant, query);

        before.Amounts("Net Profit").Should().Equal(0m);
        approved.Amounts("Net Profit").Should().Equal([100m], "120 EUR are 100 at 1.2 for one of the base currency");
        approved.Amounts("Sales").Should().Equal(100m);
        voided.Amounts("Net Profit").Should().Equal(0m);
    }

    private async Task Put(string tenant, string status)
    {
        var invoice = JsonNode.Parse($$"""
            {"InvoiceID":"11111111-2222-3333-4444-888888888888","Type":"ACCREC","Status":"{{status}}","CurrencyCode":"EUR",
             "CurrencyRate":1.2,"Date":"/Date(1930435200000+0000)/","LineAmountTypes":"Inclusive","Total":144.00,
             "LineItems":[{"LineAmount":"144.00","TaxAmount":24.00,"AccountCode":"200"},null,{"Description":"=1+1"}]}
            """);
        await books.Sandbox.Control.Post($"_/xero/organizations/{tenant}/invoices", new { invoices = new[] { invoice } });
    }

    private static async Task<DateOnly> YearStart(XeroApp app, string tenant, DateOnly date)
    {
        var organisation = (await app.Read("api.xro/2.0/Organisation", tenant))["Organisations"]![0]!;
        var (month, day) = (organisation["FinancialYearEndMonth"]!.GetValue<int>(), organisation["FinancialYearEndDay"]!.GetValue<int>());
        var end = new DateOnly(date.Year, month, day);
        return (date > end ? end : end.AddYears(-1)).AddDays(1);
    }
}
