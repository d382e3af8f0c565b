using System.Globalization;
using System.Text.Json;
using CountingKit.Datasets;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// What a sheet's rows must hold of one report of Xero's: a slow and plain reading over a document tree, with nothing of the
/// product's reader in it. A cell is a string, a decimal, a bool, or null for a blank; a row is by its headings.
/// </summary>
/// <param name="accounts">The organization's, as Xero gives them.</param>
internal sealed class PlainReport(Dataset dataset, string organization, List<JsonElement> accounts, DateOnly first, DateOnly last)
{
    private readonly List<Dictionary<string, object?>> rows = [];
    private readonly Dictionary<string, int> keys = [];

    public List<Dictionary<string, object?>> RowsOf(JsonElement report)
    {
        Walk(report.GetProperty("Rows"), [], null);
        return rows;
    }

    private void Walk(JsonElement list, List<string> around, string? section)
    {
        string? heading = null;
        foreach (var row in list.EnumerateArray())
        {
            var title = row.TryGetProperty("Title", out var told) ? told.GetString() : "";
            var type = row.GetProperty("RowType").GetString();
            if (type == "Section")
            {
                var inner = row.GetProperty("Rows");
                if (inner.GetArrayLength() == 0) heading = title;
                else
                {
                    Walk(inner, [.. around, .. heading is null ? (string[])[] : [heading]], title!.Length > 0 ? title : null);
                    if (title.Length == 0) heading = null;
                }
            }
            else if (type != "Header") rows.Add(Row(row, type!, around, section));
        }
    }

    private Dictionary<string, object?> Row(JsonElement row, string type, List<string> around, string? section)
    {
        var cells = row.GetProperty("Cells").EnumerateArray().ToList();
        var label = cells[0].GetProperty("Value").GetString()!;
        var named = cells.Select(AccountOf).OfType<string>().FirstOrDefault();
        var account = named is null || named == Guid.Empty.ToString() ? null : named;
        var period = dataset.Report!.IsAsAt ? $"{last:yyyy-MM-dd}" : $"{first:yyyy-MM-dd}/{last:yyyy-MM-dd}";
        var key = string.Join(" / ", new[] { period, section, account ?? label }.Where(part => part is not null));
        var times = keys[key] = keys.GetValueOrDefault(key) + 1;
        var known = accounts.FirstOrDefault(one => one.GetProperty("AccountID").GetString() == account);
        return dataset.Columns.ToDictionary(column => column.Heading, object? (column) => column.Key switch
        {
            "organization" => organization,
            "period" => last.ToString("MMM yyyy", CultureInfo.InvariantCulture),
            "from" => Serial(first),
            "to" or "asAt" => Serial(last),
            "parentSection" => around.Count == 0 ? null : string.Join(" › ", around),
            "section" => section,
            "account" or "measure" => label,
            "accountCode" => account is null ? null : known.TryGetProperty("Code", out var code) ? code.GetString() : null,
            "accountType" => account is null ? null : Words(column, known.GetProperty("Type").GetString()!),
            "accountId" => account,
            "isTotal" => type == "SummaryRow" || (section is null && named is null),
            "unit" => cells.Skip(1).Take(2).Any(cell => cell.GetProperty("Value").GetString()!.EndsWith('%')) ? "%" : null,
            "line" => (decimal)rows.Count + 1,
            "lineId" => times == 1 ? key : $"{key} #{times}",
            _ => Number(cells[Place(column.Key)].GetProperty("Value").GetString()!),
        });
    }

    /// <summary>Behind the label, in the report's own order.</summary>
    private static int Place(string column) => column switch
    {
        "credit" or "cashReceived" or "lastMonth" => 2,
        "ytdDebit" or "cashSpent" or "variance" => 3,
        "ytdCredit" or "closingBalance" => 4,
        _ => 1,
    };

    private static string? AccountOf(JsonElement cell) => cell.TryGetProperty("Attributes", out var attributes)
        ? attributes.EnumerateArray().Where(one => one.GetProperty("Id").GetString() is "account" or "accountID")
            .Select(one => one.GetProperty("Value").GetString()).FirstOrDefault()
        : null;

    private static string Words(Column column, string code) => column.Words!.GetValueOrDefault(code, code);

    private static decimal? Number(string value) => value.Length == 0 ? null
        : Math.Round(decimal.Parse(value.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture), 6, MidpointRounding.AwayFromZero);

    /// <summary>Days since 30 December 1899.</summary>
    private static decimal Serial(DateOnly day) => day.DayNumber - new DateOnly(1899, 12, 30).DayNumber;
}
