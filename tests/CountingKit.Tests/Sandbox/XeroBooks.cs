using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

[Trait("Speed", "Slow")]
public sealed class XeroBooks(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Fact]
    public async Task Amounts_of_every_document_add_up_to_the_cent()
    {
        var app = await books.Connected();

        var documents = await Whole(app, books.First);

        documents.Should().HaveCount(1500);
        foreach (var document in documents.Select(document => document!))
        {
            decimal Amount(string name) => document[name]!.GetValue<decimal>();
            (Amount("SubTotal") + Amount("TotalTax")).Should().Be(Amount("Total"));
            var gone = document["Status"]!.GetValue<string>() is "VOIDED" or "DELETED";
            Amount("AmountDue").Should().Be(gone ? 0m : Amount("Total") - Amount("AmountPaid") - Amount("AmountCredited"));
        }
    }

    [Fact]
    public async Task Texts_that_break_careless_programs_are_among_the_books()
    {
        var app = await books.Connected();

        var documents = await Whole(app, books.First);

        documents.Select(document => document!["Reference"]!.GetValue<string>()).Should().Contain(
            ["0090", "=1+1", "+44 20 7946 0000", "<b>bold</b>", "@SUM(A1)", "Paid 🎉 thank you 👩‍💻"]);
        var lines = documents.SelectMany(document => document!["LineItems"]!.AsArray()).ToList();
        lines.Select(line => line!["AccountCode"]?.GetValue<string>()).Should().Contain("0090");
        lines.Should().Contain(line => line!["Description"]!.GetValue<string>().Contains('\n'));
        documents.Select(document => document!["Status"]!.GetValue<string>()).Distinct().Should().HaveCount(6);
        documents.Select(document => document!["CurrencyCode"]!.GetValue<string>()).Distinct().Should().HaveCount(3);
        documents.Should().Contain(document => document!["SubTotal"]!.GetValue<decimal>() == 9_876_543_210.98m);
    }

    [Fact]
    public async Task Every_sandbox_has_the_same_invoices()
    {
        await using var other = await SandboxProcess.Start("--Organizations=1", "--Invoices=1200");
        var app = new XeroApp(other);
        await app.SignIn(books.First);

        var here = await (await books.Connected()).Read("api.xro/2.0/Invoices/INV-0613", books.First);
        var there = await app.Read("api.xro/2.0/Invoices/INV-0613", books.First);

        Known(there).Should().Be(Known(here));

        static (string, string, string) Known(JsonNode answer) => (answer["Invoices"]![0]!["InvoiceID"]!.ToString(),
            answer["Invoices"]![0]!["Total"]!.ToString(), answer["Invoices"]![0]!["Contact"]!.ToJsonString());
    }

    [Fact]
    public async Task An_invoice_that_is_put_is_kept_as_given_and_can_be_deleted()
    {
        var path = $"_/xero/organizations/{books.Second}/invoices";
        var app = await books.Connected();
        await app.SignIn(books.Second);
        const string id = "11111111-2222-3333-4444-555555555555";
        var invoice = JsonNode.Parse($$"""
            {"InvoiceID":"{{id}}","Type":"ACCREC","Status":"PAID","Total":0.30,"Weird":"/Date(0+0000)/","Nothing":null}
            """);

        await books.Sandbox.Control.Post(path, new { invoices = new[] { invoice } });
        var answer = await app.Api($"api.xro/2.0/Invoices/{id}", books.Second);
        await books.Sandbox.Control.Delete($"{path}/{id}");

        (await answer.Content.ReadAsStringAsync()).Should().Contain("\"Total\":0.30,\"Weird\":\"\\/Date(0+0000)\\/\"")
            .And.Contain("\"Nothing\":null");
        ((int)(await app.Api($"api.xro/2.0/Invoices/{id}", books.Second)).StatusCode).Should().Be(404);
    }

    [Fact]
    public async Task A_large_organization_pages_fast_and_its_records_have_the_size_asked_for()
    {
        await books.Sandbox.Control.Post("_/xero/limits", new { on = false });
        var made = await books.Sandbox.Control.Post("_/xero/organizations",
            new { name = "Large Ltd", invoices = 4000, invoiceBytes = 3000 });
        var tenant = made!["tenantId"]!.GetValue<string>();
        var app = await books.Connected();
        await app.SignIn(tenant);
        const string page = "api.xro/2.0/Invoices?pageSize=1000&order=InvoiceID&unitdp=4&page=";
        await app.Read(page + "1", tenant);

        var watch = Stopwatch.StartNew();
        var text = await (await app.Api(page + "4", tenant)).Content.ReadAsStringAsync();
        watch.Stop();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
        Encoding.UTF8.GetByteCount(text).Should().BeGreaterThan(3_000_000);
    }

    private static async Task<List<JsonNode?>> Whole(XeroApp app, string tenant)
    {
        List<JsonNode?> all = [];
        for (var page = 1; page <= 2; page++)
        {
            var path = $"api.xro/2.0/Invoices?pageSize=1000&page={page.ToString(CultureInfo.InvariantCulture)}";
            all.AddRange((await app.Read(path, tenant))["Invoices"]!.AsArray());
        }

        return all;
    }
}
