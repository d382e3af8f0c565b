using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Datasets;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Sheets;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Each report through pages, Xero, mirror and Sheets: every cell of every period compared with what Xero says, every call counted.</summary>
public sealed class ExportedReports(OneOrganization installation) : IClassFixture<OneOrganization>
{
    public static TheoryData<string> Keys =>
        new(DatasetCatalogue.All.Where(dataset => dataset.Report is not null).Select(dataset => dataset.Key));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Every_cell_is_what_Xero_says_and_closed_periods_are_asked_for_once(string key)
    {
        var (journey, dataset) = (installation.Journey, DatasetCatalogue.Get(key));
        var months = Enumerable.Range(-6, 3).Select(Month).ToList();
        (string, string?)[] all = [.. dataset.Columns.Select((_, i) => ($"Columns[{i}].Chosen", (string?)"true"))];
        (string, string?)[] days = [("Report.Range", "Fixed"), ("From", Day(months[0].First)), ("To", Day(months[^1].Last))];
        (string, string?)[] totals = dataset.Report!.HasTotals ? [("Report.Totals", "true")] : [];
        var exporter = await Create(key, [.. all, .. days, .. totals]);
        var lookups = dataset.Columns.Any(column => column.Lookup is not null) ? 1 : 0;

        var first = await journey.Run(exporter);

        first["status"]!.GetValue<string>().Should().Be("Completed", "{0}", first);
        first["xeroCalls"]!.GetValue<int>().Should().Be(months.Count + lookups);
        await Compare(dataset, months);
        var second = await journey.Run(exporter);
        second["status"]!.GetValue<string>().Should().Be("NoChanges");
        second["xeroCalls"]!.GetValue<int>().Should().Be(lookups, "what is closed is not asked for again");
    }

    [Fact]
    public async Task What_is_booked_into_an_open_month_changes_its_rows_and_costs_a_call_for_each_open_one()
    {
        var journey = installation.Journey;
        var exporter = await Create("profitAndLoss", [("Name", "Open months"), ("TabTitle", "Open months")]);
        var first = await journey.Run(exporter);
        var before = await Sheet("Open months");

        await Book(Month(0).First, 123.45m);
        var second = await journey.Run(exporter);

        first["status"]!.GetValue<string>().Should().Be("Completed", "{0}", first);
        first["xeroCalls"]!.GetValue<int>().Should().BeInRange(1, 13, "other tests have read some of these months");
        second["status"]!.GetValue<string>().Should().Be("Completed", "{0}", second);
        second["xeroCalls"]!.GetValue<int>().Should().BeInRange(3, 4, "this month, the last one, for a day the one before, and the accounts");
        var after = await Sheet("Open months");
        var changed = after.Where(row => !before.TryGetValue(row.Key, out var was) || !Equals(was["Amount"], row.Value["Amount"])).ToList();
        changed.Should().ContainSingle().Which.Value["Period"].Should().Be(Month(0).First.ToString("MMM yyyy", CultureInfo.InvariantCulture));
        after.Values.Should().NotContain(row => ((string)row["Account"]!).StartsWith("Total ", StringComparison.Ordinal), "rows can be summed");
    }

    private async Task<Guid> Create(string dataset, (string, string?)[] more)
    {
        var journey = installation.Journey;
        var form = (await journey.Browser.Get($"/exporters/new?dataset={dataset}")).Form("#exporter-form");
        (string Name, string?)[] named = [("Name", dataset), ("TabTitle", $"{dataset} rows")];
        await journey.Follow(await journey.Browser.Submit(
            form, [.. named.Where(field => more.All(other => other.Item1 != field.Name)), .. more]));
        var name = more.FirstOrDefault(field => field.Item1 == "Name").Item2 ?? dataset;
        return (await journey.Exporters()).Single(e => e["name"]!.GetValue<string>() == name)["id"]!.GetValue<Guid>();
    }

    private async Task Compare(Dataset dataset, List<(DateOnly First, DateOnly Last)> months)
    {
        var accounts = (await Read("Accounts")).GetProperty("Accounts").EnumerateArray().ToList();
        var organization = (await Read("Organisation")).GetProperty("Organisations")[0].GetProperty("Name").GetString()!;
        var expected = new List<Dictionary<string, object?>>();
        foreach (var (first, last) in months)
        {
            var name = $"{char.ToUpperInvariant(dataset.Key[0])}{dataset.Key[1..]}";
            var report = await Read($"Reports/{name}?{QueryOf(dataset.Key, first, last)}");
            expected.AddRange(new PlainReport(dataset, organization, accounts, first, last).RowsOf(report.GetProperty("Reports")[0]));
        }

        var id = dataset.Column("lineId").Heading;
        var sheet = await Sheet($"{dataset.Key} rows");
        expected.Should().HaveCountGreaterThan(months.Count);
        sheet.Keys.Should().Equal(expected.Select(row => (string)row[id]!), "lines stand in the report's order");
        foreach (var wanted in expected)
            foreach (var (heading, cell) in wanted)
                PlainSheet.Same(sheet[(string)wanted[id]!].GetValueOrDefault(heading), cell).Should().BeTrue(
                    "{0} of {1} is {2} for {3}", heading, wanted[id], sheet[(string)wanted[id]!].GetValueOrDefault(heading), cell);
    }

    /// <summary>As Xero's documentation has it.</summary>
    private static string QueryOf(string report, DateOnly first, DateOnly last) => report switch
    {
        "profitAndLoss" => $"fromDate={Day(first)}&toDate={Day(last)}&standardLayout=true",
        "bankSummary" => $"fromDate={Day(first)}&toDate={Day(last)}",
        "budgetSummary" => $"date={Day(first)}&periods=1&timeframe=1",
        "balanceSheet" => $"date={Day(last)}&standardLayout=true",
        _ => $"date={Day(last)}",
    };

    /// <summary>By the column that identifies a row, in the sheet's order.</summary>
    private async Task<Dictionary<string, Dictionary<string, object?>>> Sheet(string tab)
    {
        var (headings, rows) = await PlainSheet.Of(installation.Journey.Sandbox, installation.Journey.SpreadsheetId, tab);
        var id = headings.IndexOf("Line ID");
        return rows.ToDictionary(row => (string)row[id]!, row => row.Select((cell, i) => (headings[i], cell)).ToDictionary());
    }

    private async Task Book(DateOnly day, decimal amount)
    {
        var sales = (await Read("Accounts")).GetProperty("Accounts").EnumerateArray()
            .First(account => account.GetProperty("Type").GetString() is "REVENUE" or "SALES");
        var bank = (await Read("Accounts")).GetProperty("Accounts").EnumerateArray()
            .First(account => account.GetProperty("Type").GetString() == "CURRENT");
        var journal = JsonNode.Parse($$"""
            {"ManualJournalID":"{{Guid.CreateVersion7()}}","Date":"/Date({{new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds()}}+0000)/",
             "Status":"POSTED","Narration":"Booked by a test","LineAmountTypes":"NoTax","JournalLines":[
              {"LineAmount":{{-amount}},"AccountCode":"{{sales.GetProperty("Code").GetString()}}","AccountID":"{{sales.GetProperty("AccountID").GetString()}}"},
              {"LineAmount":{{amount}},"AccountCode":"{{bank.GetProperty("Code").GetString()}}","AccountID":"{{bank.GetProperty("AccountID").GetString()}}"}]}
            """);
        await installation.Journey.Sandbox.Control.Post(
            $"_/xero/organizations/{installation.TenantId}/records/ManualJournals", new { records = new[] { journal } });
    }

    private async Task<JsonElement> Read(string path)
    {
        var app = new XeroApp(installation.Journey.Sandbox);
        await app.SignIn(installation.TenantId, scopes: XeroApp.BookScopes);
        using var answer = await app.Api($"api.xro/2.0/{path}", installation.TenantId);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static (DateOnly First, DateOnly Last) Month(int from)
    {
        var now = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var first = new DateOnly(now.Year, now.Month, 1).AddMonths(from);
        return (first, first.AddMonths(1).AddDays(-1));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
