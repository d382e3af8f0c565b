using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>Documents of different kinds tell the same story.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroDocuments(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Fact]
    public async Task Payments_are_those_that_invoices_tell_of()
    {
        var invoices = await Whole("Invoices");
        var payments = (await Whole("Payments")).Where(payment => Text(payment, "Status") == "AUTHORISED")
            .ToDictionary(payment => Text(payment, "PaymentID"));

        foreach (var invoice in invoices)
        {
            var told = invoice["Payments"]!.AsArray();
            told.Sum(payment => payment!["Amount"]!.GetValue<decimal>()).Should().Be(Amount(invoice, "AmountPaid"));
            foreach (var payment in told.Select(each => payments[Text(each!, "PaymentID")]))
            {
                (Text(payment["Invoice"]!, "InvoiceID"), Text(payment["Invoice"]!, "CurrencyCode"), Text(payment, "PaymentType"))
                    .Should().Be((Text(invoice, "InvoiceID"), Text(invoice, "CurrencyCode"), Text(invoice, "Type") + "PAYMENT"));
            }
        }

        payments.Values.Where(payment => Text(payment, "PaymentType") is "ACCRECPAYMENT" or "ACCPAYPAYMENT").Should()
            .HaveCount(invoices.Sum(invoice => invoice["Payments"]!.AsArray().Count));
    }

    [Fact]
    public async Task Credits_are_those_that_invoices_tell_of()
    {
        var invoices = await Whole("Invoices");
        foreach (var kind in (string[])["CreditNote", "Prepayment", "Overpayment"])
        {
            var allocated = (await Whole(kind + "s"))
                .SelectMany(credit => credit["Allocations"]!.AsArray().Select(allocation => (
                    Credit: Text(credit, kind + "ID"), Invoice: Text(allocation!["Invoice"]!, "InvoiceID"),
                    Amount: Amount(allocation, "Amount"))));

            allocated.Should().NotBeEmpty().And.BeEquivalentTo(invoices.SelectMany(invoice =>
                invoice[kind + "s"]!.AsArray().Select(each => (
                    Credit: Text(each!, kind + "ID"), Invoice: Text(invoice, "InvoiceID"),
                    Amount: Amount(each!, "AppliedAmount")))));
        }

        foreach (var invoice in invoices)
        {
            ((string[])["CreditNotes", "Prepayments", "Overpayments"]).Sum(list =>
                invoice[list]!.AsArray().Sum(each => Amount(each!, "AppliedAmount")))
                .Should().Be(Amount(invoice, "AmountCredited"));
        }
    }

    [Theory]
    [InlineData("CreditNote")]
    [InlineData("Prepayment")]
    [InlineData("Overpayment")]
    public async Task What_remains_of_a_credit_is_what_was_neither_allocated_nor_refunded(string kind)
    {
        var refunds = (await Whole("Payments")).Where(payment => Text(payment, "Status") == "AUTHORISED")
            .ToLookup(payment => Text(payment["Invoice"]!, "InvoiceID"), payment => Amount(payment, "Amount"));

        var credits = await Whole(kind + "s");

        credits.Should().Contain(credit => refunds[Text(credit, kind + "ID")].Any());
        foreach (var credit in credits.Where(each => Text(each, "Status") is "AUTHORISED" or "PAID"))
        {
            var used = credit["Allocations"]!.AsArray().Sum(each => Amount(each!, "Amount"))
                + refunds[Text(credit, kind + "ID")].Sum();
            Amount(credit, "RemainingCredit").Should().Be(Amount(credit, "Total") - used);
            (Text(credit, "Status") == "PAID").Should().Be(Amount(credit, "RemainingCredit") == 0);
        }
    }

    [Fact]
    public async Task Amounts_of_lines_add_up_in_every_document()
    {
        foreach (var name in (string[])["CreditNotes", "BankTransactions", "PurchaseOrders", "RepeatingInvoices"])
        {
            var documents = (await Whole(name)).Where(each => each["LineItems"]!.AsArray().Count > 0).ToList();
            documents.Should().NotBeEmpty();
            foreach (var document in documents)
            {
                decimal Sum(string field) =>
                    document["LineItems"]!.AsArray().Sum(line => line![field]?.GetValue<decimal>() ?? 0);
                (Amount(document, "SubTotal") + Amount(document, "TotalTax")).Should().Be(Amount(document, "Total"));
                Amount(document, "TotalTax").Should().Be(Sum("TaxAmount"));
                Amount(document, "SubTotal").Should().Be(
                    Sum("LineAmount") - (Text(document, "LineAmountTypes") == "Inclusive" ? Sum("TaxAmount") : 0));
            }
        }
    }

    [Fact]
    public async Task Transfers_and_advances_are_bank_transactions_too()
    {
        var transactions = (await Whole("BankTransactions")).ToDictionary(each => Text(each, "BankTransactionID"));

        foreach (var transfer in await Whole("BankTransfers?includeDeleted=true"))
        {
            Text(transactions[Text(transfer, "FromBankTransactionID")], "Type").Should().Be("SPEND-TRANSFER");
            Text(transactions[Text(transfer, "ToBankTransactionID")], "Status").Should().Be(Text(transfer, "Status"));
        }

        foreach (var kind in (string[])["Overpayment", "Prepayment"])
        {
            (await Whole(kind + "s")).Should().OnlyContain(each =>
                Text(transactions[Text(each, kind + "ID")], "Type") == Text(each, "Type"));
        }

        transactions.Values.Select(each => Text(each, "Type")).Distinct().Should().HaveCount(8);
        transactions.Values.Should().Contain(each => each["Contact"] == null)
            .And.Contain(each => each["CurrencyRate"] == null);
    }

    [Fact]
    public async Task Every_sandbox_has_the_same_books_whenever_they_are_asked_for()
    {
        await using var other = await SandboxProcess.Start("--Organizations=1", "--Invoices=1200");
        await other.Control.SetClock((await books.Sandbox.Control.Now()).AddDays(3));
        var app = new XeroApp(other);
        await app.SignIn(books.First, scopes: XeroApp.BookScopes);
        const string path = "api.xro/2.0/BankTransactions?page=1&pageSize=1000";

        var here = await (await books.Connected(XeroApp.BookScopes)).Read(path, books.First);
        var there = await app.Read(path, books.First);

        Known(there).Should().Equal(Known(here));

        static IEnumerable<string> Known(JsonNode list) => list["BankTransactions"]!.AsArray()
            .Select(each => $"{each!["BankTransactionID"]} {each["Total"]} {each["DateString"]}").Order();
    }

    private async Task<List<JsonNode>> Whole(string name)
    {
        var app = await books.Connected(XeroApp.BookScopes);
        List<JsonNode> all = [];
        for (int page = 1, pages = 1; page <= pages; page++)
        {
            var list = await app.Read(
                $"api.xro/2.0/{name}{(name.Contains('?') ? '&' : '?')}page={page}&pageSize=1000", books.First);
            pages = list["pagination"]?["pageCount"]!.GetValue<int>() ?? 1;
            all.AddRange(list[name.Split('?')[0]]!.AsArray()!);
        }

        return all;
    }

    private static string Text(JsonNode record, string name) => record[name]!.GetValue<string>();

    private static decimal Amount(JsonNode record, string name) => record[name]!.GetValue<decimal>();
}
