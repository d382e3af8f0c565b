using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>Rows of a report as Xero writes them: every value is a text.</summary>
internal static class Rows
{
    public static JsonObject Header(string first, IEnumerable<string> titles) =>
        Row("Header", titles.Prepend(first).Select(title => Cell(title)));

    public static JsonObject Section(string title, IEnumerable<JsonObject> rows) => new()
    {
        ["RowType"] = "Section",
        ["Title"] = title,
        ["Rows"] = new JsonArray([.. rows]),
    };

    /// <summary>An account with its amounts; each cell names it.</summary>
    public static JsonObject Account(LedgerAccount account, string label, IEnumerable<string> values) =>
        Row("Row", values.Prepend(label).Select(value => Cell(value, ("account", account.Id))));

    public static JsonObject Account(LedgerAccount account, IEnumerable<decimal> amounts) =>
        Account(account, account.Name, amounts.Select(Money));

    /// <summary>A line that was computed.</summary>
    public static JsonObject Plain(string label, IEnumerable<string> values) =>
        Row("Row", values.Prepend(label).Select(value => Cell(value)));

    public static JsonObject Plain(string label, IEnumerable<decimal> amounts) => Plain(label, amounts.Select(Money));

    public static JsonObject Summary(string label, IEnumerable<string> values) =>
        Row("SummaryRow", values.Prepend(label).Select(value => Cell(value)));

    public static JsonObject Summary(string label, IEnumerable<decimal> amounts) =>
        Summary(label, amounts.Select(Money));

    public static JsonObject Row(string type, IEnumerable<JsonObject> cells) => new()
    {
        ["RowType"] = type,
        ["Cells"] = new JsonArray([.. cells]),
    };

    public static JsonObject Cell(string value, params ReadOnlySpan<(string Id, string Value)> attributes)
    {
        var cell = new JsonObject { ["Value"] = value };
        if (attributes.Length == 0) return cell;
        var list = new JsonArray();
        foreach (var (id, text) in attributes) list.Add(new JsonObject { ["Value"] = text, ["Id"] = id });
        cell["Attributes"] = list;
        return cell;
    }

    public static string Money(decimal amount) =>
        amount == 0 ? "0.00" : amount.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Long(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Short(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
