using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>What single lists leave out, hide and trip people up with.</summary>
public sealed class XeroListShapes(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Theory]
    [InlineData("CreditNotes", "LineItems")]
    [InlineData("BankTransactions", "LineItems")]
    [InlineData("Overpayments", "LineItems")]
    [InlineData("Prepayments", "LineItems")]
    [InlineData("ManualJournals", "JournalLines")]
    public async Task Lines_come_with_a_page_alone(string name, string lines)
    {
        var list = await List(name);
        var page = await List($"{name}?page=1");

        list.Should().OnlyContain(record => record![lines]!.AsArray().Count == 0);
        list.Select(record => record!["Contact"]?.AsObject().Count).Should().OnlyContain(count => count == null || count == 2);
        page.Should().Contain(record => record![lines]!.AsArray().Count > 0);
    }

    [Fact]
    public async Task With_an_order_every_page_of_manual_journals_answers_everything()
    {
        var whole = await List("ManualJournals");
        var first = await List("ManualJournals?page=1&pageSize=5&order=Date");
        var second = await List("ManualJournals?page=2&pageSize=5&order=Date");

        whole.Count.Should().BeGreaterThan(5);
        first.Should().HaveCount(whole.Count);
        second.Should().HaveCount(whole.Count);
        (await List("ManualJournals?page=2&pageSize=5")).Should().HaveCount(5);
    }

    [Theory]
    [InlineData("BankTransfers", "includeDeleted", "Status", "DELETED")]
    [InlineData("TrackingCategories", "includeArchived", "Status", "ARCHIVED")]
    [InlineData("Contacts", "includeArchived", "ContactStatus", "ARCHIVED")]
    public async Task Some_records_come_only_when_they_are_asked_for(
        string name, string parameter, string field, string status)
    {
        (await List(name)).Select(record => record![field]!.GetValue<string>()).Should().NotContain(status);
        (await List($"{name}?{parameter}=true")).Select(record => record![field]!.GetValue<string>())
            .Should().Contain(status);
    }

    [Fact]
    public async Task Archived_options_come_with_the_archived_categories()
    {
        var active = await List("TrackingCategories");
        var all = await List("TrackingCategories?includeArchived=true");

        active.Should().HaveCount(2);
        Options(active).Should().OnlyContain(option => option!["Status"]!.GetValue<string>() == "ACTIVE");
        Options(all).Should().Contain(option => option!["Status"]!.GetValue<string>() == "ARCHIVED");

        static IEnumerable<JsonNode?> Options(JsonArray list) => list.SelectMany(each => each!["Options"]!.AsArray());
    }

    [Fact]
    public async Task Orders_and_quotes_are_cut_by_parameters_of_their_own()
    {
        var orders = await List("PurchaseOrders?status=BILLED&pageSize=1000");
        var day = Day(orders[orders.Count / 2]!);
        var of = await List($"PurchaseOrders?pageSize=1000&DateFrom={day}&DateTo={day}");
        var quotes = await List("Quotes?page=1&Status=ACCEPTED,SENT");
        var contact = quotes[0]!["Contact"]!["ContactID"]!.GetValue<string>();

        orders.Select(order => order!["Status"]!.GetValue<string>()).Distinct().Should().Equal("BILLED");
        of.Count.Should().BePositive();
        of.Select(order => Day(order!)).Distinct().Should().Equal(day);
        quotes.Select(quote => quote!["Status"]!.GetValue<string>()).Distinct().Should().BeEquivalentTo("ACCEPTED", "SENT");
        (await List($"Quotes?ContactID={contact}")).Select(quote => quote!["Contact"]!["ContactID"]!.GetValue<string>())
            .Distinct().Should().Equal(contact);
        (await List("Quotes?QuoteNumber=QU-0007")).Should().ContainSingle();

        static string Day(JsonNode record) => record["DateString"]!.GetValue<string>()[..10];
    }

    [Fact]
    public async Task Prices_of_items_have_four_decimals_only_when_asked_for()
    {
        Price(await List("Items/1E5")).Should().Be(0.16m);
        Price(await List("Items?unitdp=4&where=Code==\"1E5\"")).Should().Be(0.1648m);

        static decimal Price(JsonArray list) => list[0]!["SalesDetails"]!["UnitPrice"]!.GetValue<decimal>();
    }

    [Fact]
    public async Task A_budget_has_its_months_only_when_it_is_read_alone()
    {
        var budget = (await List("Budgets"))[0]!;
        var id = budget["BudgetID"]!.GetValue<string>();
        var now = await books.Sandbox.Control.Now();
        var first = new DateOnly(now.Year, now.Month, 1).AddMonths(-12);
        var last = first.AddMonths(11).ToString("O", CultureInfo.InvariantCulture);

        budget["BudgetLines"]!.AsArray().Should().BeEmpty();
        Months(await List($"Budgets/{id}")).Should().HaveCount(3);
        Months(await List($"Budgets/{id}?DateFrom={first:yyyy-MM-dd}&DateTo={last}")).Should().HaveCount(12)
            .And.HaveElementAt(0, first.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        await FluentActions.Awaiting(() => List($"Budgets/{id}?DateFrom=2020-01-01&DateTo=2022-01-31"))
            .Should().ThrowAsync<HttpRequestException>();

        static IEnumerable<string> Months(JsonArray list) => list[0]!["BudgetLines"]![0]!["BudgetBalances"]!.AsArray()
            .Select(balance => balance!["Period"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Payments", "Account.Name", "CurrencyRate")]
    [InlineData("BankTransfers", "FromBankAccount.Code CurrencyRate", "Amount")]
    [InlineData("Overpayments", "CurrencyRate", "RemainingCredit")]
    public async Task A_list_leaves_out_what_a_single_record_has(string name, string gone, string there)
    {
        var listed = (await List($"{name}?page=1")).First(each => each!["FromBankAccount"] is null
            || each["FromBankAccount"]!["Name"]!.GetValue<string>() == "Business Bank Account")!;
        var one = (await List($"{name}/{listed[$"{name[..^1]}ID"]}"))[0]!;

        foreach (var path in gone.Split(' '))
        {
            At(listed, path).Should().BeNull();
            At(one, path).Should().NotBeNull();
        }

        At(listed, there)!.ToJsonString().Should().Be(At(one, there)!.ToJsonString());

        static JsonNode? At(JsonNode record, string path) =>
            path.Split('.').Aggregate((JsonNode?)record, (node, part) => node?[part]);
    }

    private async Task<JsonArray> List(string query)
    {
        var app = await books.Connected(XeroApp.BookScopes);
        return (await app.Read($"api.xro/2.0/{query}", books.First))[query.Split('?', '/')[0]]!.AsArray();
    }
}
