using System.Net;
using System.Text.Json.Nodes;

namespace CountingKit.Tests.Sandbox;

public sealed class XeroFilters(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    private const string Api = "api.xro/2.0";

    [Theory]
    [InlineData("where=Type==\"ACCPAY\" AND AmountDue>0", "Type", "ACCPAY")]
    [InlineData("where=(Status=\"VOIDED\" OR Status==\"VOIDED\")", "Status", "VOIDED")]
    [InlineData("Statuses=DRAFT", "Status", "DRAFT")]
    [InlineData("where=Reference==\"0090\"", "Reference", "0090")]
    public async Task Filters_cut_the_list(string filter, string field, string value)
    {
        var app = await books.Connected();

        var list = await app.Read($"{Api}/Invoices?page=1&{filter.Replace(" ", "%20")}", books.First);

        var found = list["Invoices"]!.AsArray();
        found.Count.Should().BePositive();
        found.Should().OnlyContain(invoice => invoice![field]!.GetValue<string>() == value);
    }

    [Fact]
    public async Task A_range_of_dates_includes_the_days_it_names()
    {
        var app = await books.Connected();
        var all = await app.Read($"{Api}/Invoices?page=1&pageSize=1000&order=Date", books.First);
        var day = all["Invoices"]![500]!["DateString"]!.GetValue<string>()[..10];
        var call = day.Replace("-", ",");

        var found = await app.Read(
            $"{Api}/Invoices?page=1&where=Date>=DateTime({call}) AND Date<=DateTime({call})", books.First);

        found["Invoices"]!.AsArray().Select(invoice => invoice!["DateString"]!.GetValue<string>()).Distinct()
            .Should().Equal($"{day}T00:00:00");
    }

    [Theory]
    [InlineData("Reference==\"open", "Unterminated string literal")]
    [InlineData("Nonsense==1", "No property or field 'Nonsense' exists in type 'Invoice'")]
    [InlineData("Type==", "Expression expected")]
    [InlineData("Date>=DateTime(2026,13,1)", "Year, Month, and Day parameters describe an un-representable DateTime.")]
    public async Task A_filter_that_cannot_be_read_is_a_query_parse_error(string where, string message)
    {
        var app = await books.Connected();

        var answer = await app.Api($"{Api}/Invoices?where={Uri.EscapeDataString(where)}", books.First);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        (body["ErrorNumber"]!.GetValue<int>(), body["Type"]!.GetValue<string>(), body["Message"]!.GetValue<string>())
            .Should().Be((16, "QueryParseException", message));
    }

    [Fact]
    public async Task If_modified_since_gives_what_changed_by_the_sandboxs_clock()
    {
        var app = await books.Connected();
        var before = (await books.Sandbox.Control.Now()).AddSeconds(-1);
        var put = await books.Sandbox.Control.Post($"_/xero/organizations/{books.Second}/invoices", new { count = 2 });
        await app.SignIn(books.Second);

        var changed = await app.Read($"{Api}/Invoices?page=1", books.Second, since: before.ToString("s"));

        changed["Invoices"]!.AsArray().Select(invoice => invoice!["InvoiceID"]!.GetValue<string>())
            .Should().BeEquivalentTo(put!["invoiceIds"]!.AsArray().Select(id => id!.GetValue<string>()));
    }

    [Fact]
    public async Task If_modified_since_in_the_date_of_plain_http_is_refused()
    {
        var app = await books.Connected();

        var answer = await app.Api($"{Api}/Invoices?page=1", books.First, since: "Sun, 22 Nov 2026 10:00:00 GMT");

        answer.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }
}
