using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>The general ledger of the stand-in: whole, in balance, and never rewritten.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroJournals(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(1, "&paymentsOnly=true")]
    public async Task Every_journal_is_in_balance_and_together_they_are_the_trial_balance(int place, string basis)
    {
        var (app, tenant) = await SignedIn(place);

        var journals = await Whole(app, tenant, basis);
        var balance = await ReportOfXero.Read(app, tenant, $"TrialBalance?date=2199-12-31{basis}");

        journals.Should().NotBeEmpty();
        foreach (var journal in journals) Lines(journal).Sum(Net).Should().Be(0m, journal.ToJsonString());
        foreach (var row in balance.Lines.Where(row => ReportOfXero.Texts(row)[0] is "Accounts Receivable (610)"
            or "Accounts Payable (800)" or "Sales Tax (820)" or "Business Bank Account (090)" or "Rounding (860)"))
        {
            var account = ReportOfXero.Attribute(row, 0, "account");
            journals.SelectMany(Lines).Where(line => line["AccountID"]!.GetValue<string>() == account).Sum(Net).Should().Be(
                ReportOfXero.Amount(ReportOfXero.Texts(row)[3]) - ReportOfXero.Amount(ReportOfXero.Texts(row)[4]));
        }
    }

    [Fact]
    public async Task They_come_oldest_first_with_gaps_in_their_numbers()
    {
        var (app, tenant) = await SignedIn(0);

        var journals = await Whole(app, tenant);

        var numbers = journals.Select(journal => journal["JournalNumber"]!.GetValue<long>()).ToList();
        numbers.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        numbers[^1].Should().BeGreaterThan(numbers.Count);
        journals.Select(journal => journal["SourceType"]!.GetValue<string>()).Distinct().Should().Contain(
        [
            "ACCREC", "ACCPAY", "ACCRECCREDIT", "ACCPAYCREDIT", "ACCRECPAYMENT", "ACCPAYPAYMENT", "ARCREDITPAYMENT",
            "CASHREC", "CASHPAID", "TRANSFER", "ARPREPAYMENT", "APPREPAYMENT", "AROVERPAYMENT", "APOVERPAYMENT", "MANJOURNAL",
        ]);
        journals.SelectMany(Lines).Select(line => line["AccountName"]!.GetValue<string>())
            .Should().Contain("Realised Currency Gains").And.Contain("Rounding");
    }

    [Fact]
    public async Task One_comes_by_number_and_by_id_and_does_not_say_what_it_came_from()
    {
        var (app, tenant) = await SignedIn(0);
        var listed = (await app.Read("api.xro/2.0/Journals", tenant))["Journals"]![4]!;

        var byNumber = (await app.Read($"api.xro/2.0/Journals/{listed["JournalNumber"]}", tenant))["Journals"]![0]!;
        var byId = (await app.Read($"api.xro/2.0/Journals/{listed["JournalID"]}", tenant))["Journals"]![0]!;

        listed["SourceID"].Should().NotBeNull();
        byNumber["SourceID"].Should().BeNull();
        byId.ToJsonString().Should().Be(byNumber.ToJsonString());
        byId["JournalLines"]!.ToJsonString().Should().Be(listed["JournalLines"]!.ToJsonString());
    }

    [Fact]
    public async Task What_a_changed_document_did_is_taken_back_by_another_journal()
    {
        var (app, tenant) = await SignedIn(2);
        var before = await Whole(app, tenant);
        var since = (await books.Sandbox.Control.Now()).AddSeconds(-1).ToString("s");
        var journal = before.First(each => each["SourceType"]!.GetValue<string>() == "MANJOURNAL");
        var id = journal["SourceID"]!.GetValue<string>();

        await books.Sandbox.Control.Delete($"_/xero/organizations/{tenant}/records/ManualJournals/{id}");
        var after = await Whole(app, tenant);
        var changed = (await app.Read("api.xro/2.0/Journals", tenant, since: since))["Journals"]!.AsArray();

        after.Take(before.Count).Select(each => each.ToJsonString()).Should().Equal(before.Select(each => each.ToJsonString()));
        var added = after.Skip(before.Count).Should().ContainSingle().Which;
        added["SourceID"]!.GetValue<string>().Should().Be(id);
        Lines(added).Select(Net).Should().Equal(Lines(journal).Select(line => -Net(line)));
        changed.Should().ContainSingle().Which!["JournalNumber"]!.ToString().Should().Be(added["JournalNumber"]!.ToString());
    }

    [Fact]
    public async Task Without_the_premium_scope_they_are_refused()
    {
        var app = await books.Connected(XeroApp.BookScopes);

        (await app.Api("api.xro/2.0/Journals", books.First)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task<(XeroApp App, string Tenant)> SignedIn(int place)
    {
        await books.Sandbox.Control.Post("_/xero/limits", new { on = false });
        await books.Sandbox.Control.Post("_/xero/settings", new { premium = true });
        return await books.SignedIn(place, XeroApp.BookScopes + " accounting.journals.read");
    }

    private static async Task<List<JsonNode>> Whole(XeroApp app, string tenant, string basis = "")
    {
        List<JsonNode> all = [];
        for (var offset = 0L; ;)
        {
            var page = (await app.Read($"api.xro/2.0/Journals?offset={offset}{basis}", tenant))["Journals"]!.AsArray();
            page.Count.Should().BeLessThanOrEqualTo(100);
            if (page.Count == 0) return all;
            all.AddRange(page!);
            offset = page.Max(journal => journal!["JournalNumber"]!.GetValue<long>());
        }
    }

    private static IEnumerable<JsonNode> Lines(JsonNode journal) => journal["JournalLines"]!.AsArray().OfType<JsonNode>();

    private static decimal Net(JsonNode line) => line["NetAmount"]!.GetValue<decimal>();
}
