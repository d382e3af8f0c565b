using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>What holds for every list of records, as Xero declares it.</summary>
public sealed class XeroLists(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    private const string Api = "api.xro/2.0";

    /// <summary>Name, id, what opens it, its paging, whether it heeds If-Modified-Since.</summary>
    public static TheoryData<string, string, string, string, bool> All => new()
    {
        { "Accounts", "AccountID", "accounting.settings.read", "none", true },
        { "Items", "ItemID", "accounting.settings.read", "none", true },
        { "Items", "ItemID", "accounting.invoices.read", "none", true },
        { "TaxRates", "TaxType", "accounting.settings.read", "none", false },
        { "TrackingCategories", "TrackingCategoryID", "accounting.settings.read", "none", false },
        { "Currencies", "Code", "accounting.settings.read", "none", false },
        { "Users", "UserID", "accounting.settings.read", "none", true },
        { "Budgets", "BudgetID", "accounting.budgets.read", "none", false },
        { "Contacts", "ContactID", "accounting.contacts.read", "sized", true },
        { "ContactGroups", "ContactGroupID", "accounting.contacts.read", "none", false },
        { "Invoices", "InvoiceID", "accounting.invoices.read", "sized", true },
        { "CreditNotes", "CreditNoteID", "accounting.invoices.read", "sized", true },
        { "PurchaseOrders", "PurchaseOrderID", "accounting.invoices.read", "sized always", true },
        { "Quotes", "QuoteID", "accounting.invoices.read", "hundreds", true },
        { "RepeatingInvoices", "RepeatingInvoiceID", "accounting.invoices.read", "none", false },
        { "Payments", "PaymentID", "accounting.payments.read", "sized", true },
        { "Overpayments", "OverpaymentID", "accounting.payments.read", "sized", true },
        { "Prepayments", "PrepaymentID", "accounting.payments.read", "sized", true },
        { "BankTransactions", "BankTransactionID", "accounting.banktransactions.read", "sized", true },
        { "BankTransfers", "BankTransferID", "accounting.banktransactions.read", "none", true },
        { "ManualJournals", "ManualJournalID", "accounting.manualjournals.read", "sized", true },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_list_pages_tells_changes_and_opens_as_declared(
        string name, string id, string scope, string paging, bool tellsChanges)
    {
        var app = await books.Connected($"offline_access {scope}");

        var whole = await app.Read($"{Api}/{name}", books.First);
        var page = await app.Read($"{Api}/{name}?page=1&pageSize=3", books.First);
        var second = await app.Read($"{Api}/{name}?page=2&pageSize=3", books.First);
        var later = await app.Read($"{Api}/{name}", books.First, since: "2200-01-01T00:00:00");

        Rows(whole).Should().NotBeEmpty();
        Ids(whole).Should().OnlyHaveUniqueItems();
        (page["pagination"] is not null).Should().Be(paging.StartsWith("sized", StringComparison.Ordinal));
        (whole["pagination"] is not null).Should().Be(paging == "sized always");
        if (page["pagination"] is { } pagination)
        {
            Rows(page).Should().HaveCount(3);
            Ids(second).Should().NotIntersectWith(Ids(page));
            (pagination["page"]!.GetValue<int>(), pagination["pageSize"]!.GetValue<int>()).Should().Be((1, 3));
        }
        else
        {
            Ids(second).Should().HaveCount(paging == "hundreds" ? 50 : Rows(whole).Count);
        }

        Rows(later).Should().HaveCount(tellsChanges ? 0 : Rows(whole).Count);

        JsonArray Rows(JsonNode list) => list[name]!.AsArray();
        List<string> Ids(JsonNode list) => [.. Rows(list).Select(row => row![id]!.GetValue<string>())];
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_record_comes_alone_by_its_id(string name, string id, string scope, string paging, bool tellsChanges)
    {
        var app = await books.Connected($"offline_access {scope}");
        var list = await app.Read($"{Api}/{name}?page=1", books.First);
        var key = list[name]![0]![id]!.GetValue<string>();

        var one = await app.Api($"{Api}/{name}/{Uri.EscapeDataString(key)}", books.First);

        one.StatusCode.Should().Be(name == "Currencies" ? HttpStatusCode.NotFound : HttpStatusCode.OK, paging, tellsChanges);
        if (one.StatusCode != HttpStatusCode.OK) return;
        var answer = JsonNode.Parse(await one.Content.ReadAsStringAsync())!;
        answer["pagination"].Should().BeNull();
        answer[name]!.AsArray().Should().ContainSingle().Which![id]!.GetValue<string>().Should().Be(key);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_its_scope_it_is_refused(string name, string id, string scope, string paging, bool tellsChanges)
    {
        var others = XeroApp.BookScopes.Split(' ').Where(each => each != scope)
            .Where(each => name != "Items" || each is not ("accounting.settings.read" or "accounting.invoices.read"));
        var app = await books.Connected(string.Join(' ', others));

        var answer = await app.Api($"{Api}/{name}", books.First);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized, $"{id} {paging} {tellsChanges}");
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Detail"]!.GetValue<string>()
            .Should().Be("AuthorizationUnsuccessful");
    }

    [Theory]
    [InlineData("Payments")]
    [InlineData("BankTransactions")]
    [InlineData("ManualJournals")]
    [InlineData("CreditNotes")]
    public async Task The_broad_scope_of_transactions_opens_it_too(string name)
    {
        var app = await books.Connected("offline_access accounting.transactions.read");

        (await app.Api($"{Api}/{name}?page=1", books.First)).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
