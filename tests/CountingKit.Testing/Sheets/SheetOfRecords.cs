using System.Text.Json;
using CountingKit.Testing.Sandbox;
using FluentAssertions;

namespace CountingKit.Testing.Sheets;

/// <summary>
/// A tab of exported records, read back through the Sheets API and compared cell by cell, value and type, with what Xero lists: both
/// by plain HTTP, with nothing of the product in it.
/// </summary>
/// <param name="Resource">Of the Accounting API.</param>
/// <param name="IsMeant">Of Xero's records.</param>
/// <param name="Id">Of a record.</param>
/// <param name="IdHeading">Of its column.</param>
/// <param name="Columns">By heading: what a cell must hold for a record.</param>
internal sealed record SheetOfRecords(
    string Resource, Func<JsonElement, bool> IsMeant, string Id, string IdHeading,
    IReadOnlyDictionary<string, Func<JsonElement, object?>> Columns)
{
    /// <param name="tenantId">The organization whose records must all be there, and nothing else.</param>
    /// <param name="least">So many at least.</param>
    /// <returns>The headings and the rows below them.</returns>
    public async Task<(List<string> Headings, IReadOnlyList<IReadOnlyList<JsonElement>> Rows)> Compare(
        ISandbox sandbox, string spreadsheetId, string tab, string tenantId, int least)
    {
        var expected = await RecordsOf(sandbox, tenantId);
        expected.Count.Should().BeGreaterThanOrEqualTo(least);
        var google = await PlainSheet.SignIn(sandbox, spreadsheetId);
        var values = await google.Values(spreadsheetId, tab, "UNFORMATTED_VALUE");
        var formulas = await google.Values(spreadsheetId, tab, "FORMULA");
        var headings = values[0].Select(cell => cell.GetString()!).ToList();
        headings.Should().BeEquivalentTo(Columns.Keys);
        var idColumn = headings.IndexOf(IdHeading);
        values.Skip(1).Select(row => row[idColumn].GetString()).Order(StringComparer.Ordinal)
            .Should().Equal(expected.Keys.Order(StringComparer.Ordinal));

        for (var row = 1; row < values.Count; row++)
        {
            var record = expected[values[row][idColumn].GetString()!];
            for (var column = 0; column < headings.Count; column++)
            {
                var wanted = Columns[headings[column]](record);
                PlainSheet.Same(At(values[row], column), wanted).Should().BeTrue(
                    "row {0}, {1} holds {2} for {3}", row, headings[column], At(values[row], column), wanted);
                PlainSheet.Same(At(formulas[row], column), wanted).Should().BeTrue(
                    "row {0}, {1} is entered as {2}", row, headings[column], At(formulas[row], column));
            }
        }

        return (headings, [.. values.Skip(1)]);
    }

    private static object? At(IReadOnlyList<JsonElement> row, int column) => column < row.Count ? PlainSheet.Read(row[column]) : null;

    /// <summary>The organization's records by plain HTTP, page by page.</summary>
    private async Task<Dictionary<string, JsonElement>> RecordsOf(ISandbox sandbox, string tenantId)
    {
        var app = new XeroApp(sandbox);
        await app.SignIn(tenantId);
        var found = new Dictionary<string, JsonElement>();
        for (var page = 1; ; page++)
        {
            using var answer = await app.Api($"api.xro/2.0/{Resource}?page={page}&pageSize=1000&includeArchived=true", tenantId);
            answer.EnsureSuccessStatusCode();
            var records = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty(Resource);
            if (records.GetArrayLength() == 0) return found;
            foreach (var record in records.EnumerateArray().Where(IsMeant)) found.Add(record.GetProperty(Id).GetString()!, record);
        }
    }
}
