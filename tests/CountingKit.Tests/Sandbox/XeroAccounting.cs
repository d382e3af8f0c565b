using System.IO.Compression;
using System.Text.Json.Nodes;

namespace CountingKit.Tests.Sandbox;

public sealed class XeroAccounting(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    private const string Api = "api.xro/2.0";

    [Fact]
    public async Task Invoices_page_through_without_gap_or_double()
    {
        var app = await books.Connected();
        List<string> ids = [];

        for (int page = 1, pages = 1; page <= pages; page++)
        {
            var list = await app.Read(
                $"{Api}/Invoices?page={page}&pageSize=250&order=InvoiceID ASC&where=Type==\"ACCREC\"", books.First);
            pages = list["pagination"]!["pageCount"]!.GetValue<int>();
            list["pagination"]!["itemCount"]!.GetValue<int>().Should().Be(1200);
            ids.AddRange(list["Invoices"]!.AsArray().Select(invoice => invoice!["InvoiceID"]!.GetValue<string>()));
        }

        ids.Should().HaveCount(1200).And.OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_page_carries_lines_and_a_list_without_page_does_not()
    {
        var app = await books.Connected();

        var page = await app.Read($"{Api}/Invoices?page=1&where=Status==\"PAID\"", books.First);
        var list = await app.Read($"{Api}/Invoices?where=Status==\"PAID\"", books.First);

        page["Invoices"]!.AsArray().Should().HaveCount(100)
            .And.OnlyContain(invoice => invoice!["LineItems"]!.AsArray().Count > 0);
        list["pagination"].Should().BeNull();
        list["Invoices"]!.AsArray().Count.Should().BeGreaterThan(100);
        list["Invoices"]!.AsArray().Should().OnlyContain(invoice => invoice!["LineItems"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task Pages_beyond_the_end_are_empty_and_sizes_are_adjusted_silently()
    {
        var app = await books.Connected();

        var beyond = await app.Read($"{Api}/Invoices?page=99&pageSize=5000", books.First);

        beyond["Invoices"]!.AsArray().Should().BeEmpty();
        beyond["pagination"]!["pageSize"]!.GetValue<int>().Should().Be(1000);
        beyond["pagination"]!["page"]!.GetValue<int>().Should().Be(99);
    }

    [Fact]
    public async Task A_summary_leaves_out_what_is_heavy()
    {
        var app = await books.Connected();

        var list = await app.Read($"{Api}/Invoices?summaryOnly=true", books.First);

        list["pagination"].Should().NotBeNull();
        list["Invoices"]![0]!.AsObject().Should().NotContainKeys("LineItems", "Payments").And.ContainKey("Total");
    }

    [Fact]
    public async Task Unit_prices_have_four_decimals_only_when_asked_for()
    {
        var app = await books.Connected();
        const string brochures = "Invoices?page=1&pageSize=1000&searchTerm=Printed brochures&where=Status==\"PAID\"";

        var two = await app.Read($"{Api}/{brochures}", books.First);
        var four = await app.Read($"{Api}/{brochures}&unitdp=4", books.First);

        Price(two).Should().Be("0.16");
        Price(four).Should().Be("0.1648");

        static string Price(JsonNode list) => list["Invoices"]!.AsArray()
            .SelectMany(invoice => invoice!["LineItems"]!.AsArray())
            .First(line => line!["Description"]!.GetValue<string>() == "Printed brochures")!["UnitAmount"]!.ToJsonString();
    }

    [Fact]
    public async Task Dates_are_written_as_Xero_writes_them()
    {
        var app = await books.Connected();

        var text = await (await app.Api($"{Api}/Invoices?page=1&pageSize=1", books.First)).Content.ReadAsStringAsync();

        text.Should().MatchRegex("\"Date\":\"\\\\/Date\\(\\d+\\+0000\\)\\\\/\"")
            .And.MatchRegex("\"DateString\":\"\\d{4}-\\d\\d-\\d\\dT00:00:00\"")
            .And.MatchRegex("\"UpdatedDateUTC\":\"\\\\/Date\\(\\d+\\+0000\\)\\\\/\"");
    }

    [Fact]
    public async Task One_invoice_comes_by_id_and_by_number()
    {
        var app = await books.Connected();
        var byNumber = await app.Read($"{Api}/Invoices/INV-0007", books.First);
        var id = byNumber["Invoices"]![0]!["InvoiceID"]!.GetValue<string>();

        var byId = await app.Read($"{Api}/Invoices/{id.ToUpperInvariant()}", books.First);

        byId["Invoices"]!.ToJsonString().Should().Be(byNumber["Invoices"]!.ToJsonString());
    }

    [Fact]
    public async Task Organisation_contacts_and_accounts_are_there()
    {
        var app = await books.Connected();

        var organisation = await app.Read($"{Api}/Organisation", books.First);
        var contacts = await app.Read($"{Api}/Contacts?page=1&includeArchived=true", books.First);
        var accounts = await app.Read($"{Api}/Accounts", books.First);

        organisation["Organisations"]!.AsArray().Should().ContainSingle()
            .Which!["OrganisationID"]!.GetValue<string>().Should().Be(books.First);
        contacts["pagination"]!["itemCount"]!.GetValue<int>().Should().BeGreaterThan(20);
        accounts["Accounts"]!.AsArray().Select(account => account!["Code"]?.GetValue<string>())
            .Should().Contain("0090");
    }

    [Fact]
    public async Task Answers_are_packed_for_who_asks()
    {
        var app = await books.Connected();
        books.Sandbox.XeroHttp.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        using var answer = await app.Api($"{Api}/Invoices?page=1", books.First);

        answer.Content.Headers.ContentEncoding.Should().Equal("gzip");
        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        (await JsonNode.ParseAsync(unpacked))!["Invoices"]!.AsArray().Should().HaveCount(100);
        books.Sandbox.XeroHttp.DefaultRequestHeaders.AcceptEncoding.Clear();
    }

    [Fact]
    public async Task Organizations_share_no_invoice()
    {
        var app = await books.Connected();
        await app.SignIn(books.Second);
        var ids = await Task.WhenAll(new[] { books.First, books.Second }.Select(async tenant =>
            (await app.Read($"{Api}/Invoices", tenant))["Invoices"]!.AsArray()
                .Select(invoice => invoice!["InvoiceID"]!.GetValue<string>()).ToList()));

        ids[0].Should().NotBeEmpty();
        ids[1].Should().NotBeEmpty().And.NotIntersectWith(ids[0]);
    }
}
