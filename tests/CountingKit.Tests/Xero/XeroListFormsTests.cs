using System.Globalization;
using System.Text;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.AspNetCore.Http;

namespace CountingKit.Tests.Xero;

/// <summary>How each list is asked for, and what ends it.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroListFormsTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Asked = new()
    {
        ["Accounts"] = "/Accounts",
        ["BankTransactions"] = "/BankTransactions?page=1&pageSize=1000&order=BankTransactionID%20ASC&unitdp=4",
        ["BankTransfers"] = "/BankTransfers?includeDeleted=true",
        ["Contacts"] = "/Contacts?page=1&pageSize=1000&order=ContactID%20ASC&includeArchived=true",
        ["CreditNotes"] = "/CreditNotes?page=1&pageSize=1000&order=CreditNoteID%20ASC&unitdp=4",
        ["Currencies"] = "/Currencies",
        ["Invoices"] = "/Invoices?page=1&pageSize=1000&order=InvoiceID%20ASC&unitdp=4&includeArchived=true",
        ["Items"] = "/Items?unitdp=4",
        ["ManualJournals"] = "/ManualJournals?page=1&pageSize=1000",
        ["Organisations"] = "/Organisation",
        ["Overpayments"] = "/Overpayments?page=1&pageSize=1000&order=OverpaymentID%20ASC&unitdp=4",
        ["Payments"] = "/Payments?page=1&pageSize=1000&order=PaymentID%20ASC",
        ["Prepayments"] = "/Prepayments?page=1&pageSize=1000&order=PrepaymentID%20ASC&unitdp=4",
        ["PurchaseOrders"] = "/PurchaseOrders?page=1&pageSize=1000&order=PurchaseOrderID%20ASC",
        ["Quotes"] = "/Quotes?page=1&order=QuoteID%20ASC",
        ["RepeatingInvoices"] = "/RepeatingInvoices",
        ["TaxRates"] = "/TaxRates",
        ["TrackingCategories"] = "/TrackingCategories?includeArchived=true",
    };

    private readonly TempFolder folder = new();
    private FakeXero xero = null!;
    private XeroHouse house = null!;
    private Guid connectionId;

    public static TheoryData<string> Resources => new(
        DatasetCatalogue.All.Where(dataset => dataset.Report is null).Select(dataset => dataset.Resource.Name).Distinct());

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
        connectionId = await house.Connect(xero);
        xero.Requests.Clear();
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task A_list_is_asked_for_in_its_form_and_its_records_are_kept(string resource)
    {
        xero.Accounting = context => FakeXero.Json(context, List(
            resource, 1, 7, context.Request.Query.ContainsKey("pageSize") ? "\"pagination\":{\"page\":1,\"itemCount\":7}," : ""));

        (await Read(resource)).Should().HaveCount(7);
        xero.Requests.Select(request => request.Path + request.Query).Should().Equal($"/api.xro/2.0{Asked[resource]}");
        xero.Requests.Single().Headers.Should().NotContainKey("If-Modified-Since");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(230, 3)]
    public async Task A_list_in_hundreds_ends_with_a_page_of_fewer(int quotes, int pages)
    {
        xero.Accounting = context => FakeXero.Json(context, Hundred("Quotes", quotes, Page(context)));

        (await Read("Quotes")).Should().HaveCount(quotes).And.OnlyHaveUniqueItems();
        xero.Requests.Select(request => request.Query).Should().Equal(
            Enumerable.Range(1, pages).Select(page => $"?page={page}&order=QuoteID%20ASC"));
    }

    [Fact]
    public async Task A_list_in_hundreds_of_which_each_page_is_the_first_ends_too()
    {
        xero.Accounting = context => FakeXero.Json(context, Hundred("Quotes", 100, 1));

        (await Read("Quotes")).Should().HaveCount(100);
        xero.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_list_in_one_answer_is_one_call_however_long_it_is()
    {
        xero.Accounting = context => FakeXero.Json(context, List("Accounts", 1, 2_500));

        (await Read("Accounts")).Should().HaveCount(2_500);
        xero.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Pages_without_an_order_are_read_to_their_end()
    {
        xero.Accounting = context => FakeXero.Json(context, List(
            "ManualJournals", (Page(context) - 1) * 1_000 + 1, Page(context) == 1 ? 1_000 : 1,
            "\"pagination\":{\"page\":1,\"pageSize\":1000,\"pageCount\":2,\"itemCount\":1001},"));

        (await Read("ManualJournals")).Should().HaveCount(1_001);
        xero.Requests.Select(request => request.Query).Should().Equal("?page=1&pageSize=1000", "?page=2&pageSize=1000");
    }

    [Fact]
    public async Task Changes_of_a_list_in_one_answer_are_asked_for_without_pages()
    {
        xero.Accounting = context => FakeXero.Json(context, List("Accounts", 1, 1));

        await Read("Accounts", new(2026, 11, 22, 0, 5, 9, TimeSpan.Zero));

        xero.Requests.Single().Headers["If-Modified-Since"].Should().Be("2026-11-22T00:05:09");
        xero.Requests.Single().Query.Should().BeEmpty();
    }

    [Fact]
    public async Task A_list_in_hundreds_of_which_an_order_is_refused_is_read_in_Xeros_own_and_never_in_slices()
    {
        xero.Accounting = context => FakeXero.Json(context, """{"ErrorNumber":51,"Type":"HighVolumeException"}""", 400);

        var read = () => Read("Quotes");

        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be(XeroCodes.TooManyRecords.Code);
        xero.Requests.Select(request => request.Query).Should().Equal("?page=1&order=QuoteID%20ASC", "?page=1");
    }

    [Fact]
    public async Task The_organization_s_record_is_kept_without_its_api_key()
    {
        xero.Accounting = context => FakeXero.Json(
            context, """{"Organisations":[{"APIKey":"KEY-77","OrganisationID":"o","Total":1.10}]}""");

        (await Read("Organisations")).Should().Equal("""{"OrganisationID":"o","Total":1.10}""");
        house.Logs.Lines.Should().NotContain(line => line.Contains("KEY-77", StringComparison.Ordinal));
    }

    [Fact]
    public void No_other_list_has_a_secret() => DatasetCatalogue.All.Where(dataset => dataset.Resource.Secret is not null)
        .Select(dataset => (dataset.Key, dataset.Resource.Secret)).Should().Equal(("organization", "APIKey"));

    /// <returns>The records, as they are kept.</returns>
    private async Task<List<string>> Read(string resource, DateTimeOffset? since = null)
    {
        List<string> records = [];
        await foreach (var page in house.Source.ReadPages(connectionId, new(resource, since), default))
            records.AddRange(page.Records.Select(record => Encoding.UTF8.GetString(record.Json.Span)));
        return records;
    }

    private static int Page(HttpContext context) => int.Parse(context.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);

    private static string Hundred(string resource, int all, int page) =>
        List(resource, ((page - 1) * 100) + 1, Math.Clamp(all - ((page - 1) * 100), 0, 100));

    private static string List(string resource, int from, int count, string pages = "")
    {
        var key = DatasetCatalogue.ResourceOf(resource).Key;
        var records = Enumerable.Range(from, count).Select(number => $$"""{"{{key}}":"id-{{number}}"}""");
        return $$"""{"DateTimeUTC":"/Date(1600000000000)/",{{pages}}"{{resource}}":[{{string.Join(',', records)}}]}""";
    }
}
