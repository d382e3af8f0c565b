using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;
using FluentAssertions;

namespace CountingKit.Testing.Sheets;

/// <summary>
/// A tab of exported invoices, read back through the Sheets API and compared cell by cell, value and type, with
/// <c>GET /Invoices</c>: both by plain HTTP, with nothing of the product in it.
/// </summary>
public static class InvoiceSheet
{
    /// <summary>Texts of the sandbox's books that careless programs turn into something else.</summary>
    private static readonly string[] Hostile = ["0090", "=1+1", "+44 20 7946 0000", "<b>bold</b>", "Paid \U0001F389"];

    /// <param name="tenantId">The organization whose sales invoices must all be there, and nothing else.</param>
    /// <param name="least">So many at least.</param>
    public static async Task Compare(ISandbox sandbox, string spreadsheetId, string tab, string tenantId, int least)
    {
        var expected = await InvoicesOf(sandbox, tenantId);
        expected.Count.Should().BeGreaterThanOrEqualTo(least);
        var google = await PlainGoogle.SignIn(sandbox, await OwnerOf(sandbox, spreadsheetId));
        var values = await google.Values(spreadsheetId, tab, "UNFORMATTED_VALUE");
        var formulas = await google.Values(spreadsheetId, tab, "FORMULA");
        var headings = values[0].Select(cell => cell.GetString()!).ToList();
        headings.Should().BeEquivalentTo(ExpectedInvoice.Headings);
        var idColumn = headings.IndexOf("Invoice ID");
        values.Skip(1).Select(row => row[idColumn].GetString()).Should().BeEquivalentTo(expected.Keys);

        for (var row = 1; row < values.Count; row++)
        {
            var invoice = expected[values[row][idColumn].GetString()!];
            for (var column = 0; column < headings.Count; column++)
            {
                var wanted = ExpectedInvoice.Cell(invoice, headings[column]);
                Same(At(values[row], column), wanted).Should().BeTrue(
                    "row {0}, {1} holds {2} for {3}", row, headings[column], At(values[row], column), wanted);
                Same(At(formulas[row], column), wanted).Should().BeTrue(
                    "row {0}, {1} is entered as {2}", row, headings[column], At(formulas[row], column));
            }
        }

        HoldsWhatIsHardToKeep(values, headings);
    }

    /// <summary>Cents, dates and each hostile text are really among the data.</summary>
    private static void HoldsWhatIsHardToKeep(
        IReadOnlyList<IReadOnlyList<JsonElement>> values, List<string> headings)
    {
        var texts = values.Skip(1).SelectMany(row => row).Where(cell => cell.ValueKind == JsonValueKind.String)
            .Select(cell => cell.GetString()!).ToHashSet();
        foreach (var hostile in Hostile)
            texts.Should().Contain(text => text.StartsWith(hostile, StringComparison.Ordinal));
        Numbers("Total").Should().Contain(total => total % 1 != 0, "some totals have cents");
        Numbers("Date").Should().HaveCount(values.Count - 1, "every invoice has a date")
            .And.OnlyContain(date => date % 1 == 0 && date > 40_000);

        List<decimal> Numbers(string heading) =>
            [.. values.Skip(1).Select(row => row[headings.IndexOf(heading)])
                .Where(cell => cell.ValueKind == JsonValueKind.Number).Select(cell => cell.GetDecimal())];
    }

    private static object? At(IReadOnlyList<JsonElement> row, int column) =>
        column < row.Count ? ExpectedInvoice.Read(row[column]) : null;

    /// <summary>A moment is a part of a day, which a sheet holds to the microsecond; everything else is exact.</summary>
    private static bool Same(object? cell, object? wanted) => (cell, wanted) switch
    {
        (decimal held, decimal meant) =>
            held == meant || (meant % 1 != 0 && held > 25_569 && decimal.Round(held, 8) == meant),
        _ => Equals(cell, wanted),
    };

    private static async Task<string> OwnerOf(ISandbox sandbox, string spreadsheetId) =>
        (await sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))
            .Single(s => s!["spreadsheetId"]!.GetValue<string>() == spreadsheetId)!["owner"]!.GetValue<string>();

    /// <summary>The organization's sales invoices by plain HTTP, page by page.</summary>
    private static async Task<Dictionary<string, JsonElement>> InvoicesOf(ISandbox sandbox, string tenantId)
    {
        var app = new XeroApp(sandbox);
        await app.SignIn(tenantId);
        var found = new Dictionary<string, JsonElement>();
        for (var page = 1; ; page++)
        {
            using var answer = await app.Api($"api.xro/2.0/Invoices?page={page}&pageSize=1000", tenantId);
            answer.EnsureSuccessStatusCode();
            var invoices = JsonDocument.Parse(await answer.Content.ReadAsStringAsync())
                .RootElement.GetProperty("Invoices");
            if (invoices.GetArrayLength() == 0) return found;
            foreach (var invoice in invoices.EnumerateArray().Where(i => i.GetProperty("Type").GetString() == "ACCREC"))
                found.Add(invoice.GetProperty("InvoiceID").GetString()!, invoice);
        }
    }
}
