using System.Text.Json;
using CountingKit.Testing.Sandbox;
using FluentAssertions;

namespace CountingKit.Testing.Sheets;

/// <summary>A tab of exported sales invoices, as a new exporter gives them, against <c>GET /Invoices</c>.</summary>
public static class InvoiceSheet
{
    /// <summary>Texts of the sandbox's books that careless programs turn into something else.</summary>
    private static readonly string[] Hostile = ["0090", "=1+1", "+44 20 7946 0000", "<b>bold</b>", "Paid \U0001F389"];

    private static readonly SheetOfRecords Sheet = new(
        "Invoices", IsMeant, "InvoiceID", "Invoice ID", ExpectedInvoice.Columns);

    private static readonly SheetOfRecords OfEveryStatus = Sheet with { IsMeant = IsSale };

    private static bool IsSale(JsonElement invoice) => invoice.GetProperty("Type").GetString() == "ACCREC";

    /// <summary>What counts: no drafts, nothing that awaits approval, nothing voided or deleted.</summary>
    private static bool IsMeant(JsonElement invoice) => IsSale(invoice)
        && invoice.GetProperty("Status").GetString() is "AUTHORISED" or "PAID";

    /// <param name="tenantId">The organization whose sales invoices must all be there, and nothing else.</param>
    /// <param name="least">So many at least.</param>
    public static async Task Compare(ISandbox sandbox, string spreadsheetId, string tab, string tenantId, int least)
    {
        var (headings, rows) = await Sheet.Compare(sandbox, spreadsheetId, tab, tenantId, least);
        HoldsWhatIsHardToKeep(rows, headings);
    }

    /// <summary>As <see cref="Compare"/>, with drafts, voided and deleted ones, and whatever the books are.</summary>
    public static Task CompareEvery(ISandbox sandbox, string spreadsheetId, string tab, string tenantId, int least) =>
        OfEveryStatus.Compare(sandbox, spreadsheetId, tab, tenantId, least);

    /// <summary>Cents, dates and each hostile text are really among the data.</summary>
    private static void HoldsWhatIsHardToKeep(IReadOnlyList<IReadOnlyList<JsonElement>> rows, List<string> headings)
    {
        var texts = rows.SelectMany(row => row).Where(cell => cell.ValueKind == JsonValueKind.String)
            .Select(cell => cell.GetString()!).ToHashSet();
        foreach (var hostile in Hostile)
            texts.Should().Contain(text => text.StartsWith(hostile, StringComparison.Ordinal));
        Numbers("Total").Should().Contain(total => total % 1 != 0, "some totals have cents");
        Numbers("Date").Should().HaveCount(rows.Count, "every invoice has a date")
            .And.OnlyContain(date => date % 1 == 0 && date > 40_000);

        List<decimal> Numbers(string heading) =>
            [.. rows.Select(row => row[headings.IndexOf(heading)])
                .Where(cell => cell.ValueKind == JsonValueKind.Number).Select(cell => cell.GetDecimal())];
    }
}
