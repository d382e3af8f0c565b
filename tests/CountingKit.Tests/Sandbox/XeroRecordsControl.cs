using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>Tests write into the books of the stand-in as they like.</summary>
public sealed class XeroRecordsControl(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Fact]
    public async Task A_record_that_is_put_is_kept_as_given_counts_as_changed_and_can_be_deleted()
    {
        var app = await books.Connected(XeroApp.BookScopes);
        var before = (await books.Sandbox.Control.Now()).AddSeconds(-1).ToString("s");
        const string id = "11111111-2222-3333-4444-666666666666";
        var payment = JsonNode.Parse($$"""{"PaymentID":"{{id}}","Status":"AUTHORISED","Amount":"0.30","Odd":null}""");

        var put = await books.Sandbox.Control.Post(Path("Payments"), new { records = new[] { payment } });
        var changed = await app.Read("api.xro/2.0/Payments?page=1", books.First, since: before);
        var text = await (await app.Api($"api.xro/2.0/Payments/{id}", books.First)).Content.ReadAsStringAsync();
        await books.Sandbox.Control.Delete($"{Path("Payments")}/{id}");

        put!["ids"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().Be(id);
        changed["Payments"]!.AsArray().Select(each => each!["PaymentID"]!.GetValue<string>()).Should().Contain(id);
        text.Should().Contain("\"Amount\":\"0.30\",\"Odd\":null,\"UpdatedDateUTC\":\"\\/Date(");
        (await app.Api($"api.xro/2.0/Payments/{id}", books.First)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_record_can_keep_its_own_time_of_update()
    {
        var app = await books.Connected(XeroApp.BookScopes);
        var item = JsonNode.Parse("""{"Code":"old","UpdatedDateUTC":"/Date(86400000+0000)/"}""");

        var put = await books.Sandbox.Control.Post(Path("Items"), new { records = new[] { item }, keepUpdatedDate = true });
        var kept = await app.Read("api.xro/2.0/Items/old", books.First);

        kept["Items"]![0]!["UpdatedDateUTC"]!.GetValue<string>().Should().Be("/Date(86400000+0000)/");
        kept["Items"]![0]!["ItemID"]!.GetValue<string>().Should().Be(put!["ids"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Records_that_have_no_time_of_update_get_none()
    {
        var app = await books.Connected(XeroApp.BookScopes);
        var rate = JsonNode.Parse("""{"TaxType":"TAX099","Name":"Put by a test"}""");

        await books.Sandbox.Control.Post(Path("TaxRates"), new { records = new[] { rate } });
        var one = await app.Read("api.xro/2.0/TaxRates/TAX099", books.First);

        one["TaxRates"]![0]!.ToJsonString().Should().Be(rate!.ToJsonString());
    }

    [Fact]
    public async Task A_payment_that_a_put_invoice_tells_of_is_among_the_payments()
    {
        var app = await books.Connected(XeroApp.BookScopes);
        await app.Read("api.xro/2.0/Payments?page=1", books.First);
        const string id = "11111111-2222-3333-4444-777777777777";
        var invoice = JsonNode.Parse($$"""
            {"Type":"ACCREC","Status":"PAID","Total":5.00,"AmountPaid":5.00,"InvoiceNumber":"=PAID","CurrencyCode":"JPY",
             "Payments":[null,{"PaymentID":"{{id}}","Amount":5.00,"Date":"/Date(1700000000000+0000)/"}]}
            """);

        await books.Sandbox.Control.Post($"_/xero/organizations/{books.First}/invoices", new { invoices = new[] { invoice } });
        var payment = (await app.Read($"api.xro/2.0/Payments/{id}", books.First))["Payments"]![0]!;

        payment["Invoice"]!["InvoiceNumber"]!.GetValue<string>().Should().Be("=PAID");
        payment["Amount"]!.GetValue<decimal>().Should().Be(5.00m);
    }

    [Fact]
    public async Task Books_without_an_invoice_have_no_other_document()
    {
        var made = await books.Sandbox.Control.Post("_/xero/organizations", new { name = "Empty Ltd", invoices = 0 });
        var tenant = made!["tenantId"]!.GetValue<string>();
        var app = new XeroApp(books.Sandbox);
        await app.SignIn(tenant, scopes: XeroApp.BookScopes);

        foreach (var name in (string[])["Payments", "BankTransactions", "ManualJournals", "Quotes", "CreditNotes"])
            (await app.Read($"api.xro/2.0/{name}?page=1", tenant))[name]!.AsArray().Should().BeEmpty();
        (await app.Read("api.xro/2.0/TaxRates", tenant))["TaxRates"]!.AsArray().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("Nonsense")]
    [InlineData("Organisation")]
    public async Task There_is_no_such_list(string name)
    {
        var put = () => books.Sandbox.Control.Post(Path(name), new { records = Array.Empty<object>() });

        (await put.Should().ThrowAsync<HttpRequestException>()).Which.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private string Path(string resource) => $"_/xero/organizations/{books.First}/records/{resource}";
}
