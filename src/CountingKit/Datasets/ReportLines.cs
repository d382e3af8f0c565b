using System.Globalization;
using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>One line of a report.</summary>
/// <param name="Section">Null = it stands in none with a title.</param>
/// <param name="AccountId">A GUID in lower case; null = it is no account's, or of what Xero computes.</param>
/// <param name="IsOdd">True = something else stands in the line's place.</param>
internal sealed record ReportLine(
    string? Parent, string? Section, string Key, string? AccountId, bool HasOddAccount, bool IsTotal, bool IsOdd, byte[][] Cells)
{
    /// <summary>One of its values is a percentage.</summary>
    public bool HasPercentage => Cells.Skip(1).Take(2).Any(cell => IsPercentage(cell));

    /// <summary>A cell's value as a column's type; one that the line lacks is none.</summary>
    /// <param name="cell">From 0, the label.</param>
    public Reading Read(int cell, ColumnType type, out CellValue value)
    {
        value = CellValue.Null;
        if (cell >= Cells.Length || Cells[cell].Length == 0) return Reading.Absent;
        var json = new Utf8JsonReader(Cells[cell], JsonText.AnyDepth);
        json.Read();
        if (type != ColumnType.Decimal) return Scalar.TryRead(ref json, type, out value);
        if (IsPercentage(Cells[cell]))
        {
            json = new Utf8JsonReader((byte[])[.. Cells[cell].AsSpan().TrimEnd("%\" "u8), (byte)'"'], JsonText.AnyDepth);
            json.Read();
        }

        var reading = Scalar.TryRead(ref json, type, out value);
        if (!value.IsNull)
            value = CellValue.Number(Math.Round(value.AsNumber, ReportReader.Places, MidpointRounding.AwayFromZero));
        return reading;
    }

    private static bool IsPercentage(ReadOnlySpan<byte> cell) => cell.EndsWith("%\""u8) && cell.Length > 3;
}

/// <summary>The lines of one report, in its order. Never throws, whatever it holds.</summary>
internal sealed class ReportLines
{
    /// <summary>Sections inside each other: a deeper one is no report of any accountant's.</summary>
    private const int Deepest = 64;

    private readonly List<ReportLine> lines = [];
    private readonly Dictionary<string, int> keys = [];
    private string period = "";

    public IReadOnlyList<ReportLine> All => lines;

    /// <param name="key">The period's.</param>
    /// <returns>False = it is not a report that can be read.</returns>
    public bool TryRead(ReadOnlySpan<byte> report, string key)
    {
        lines.Clear();
        keys.Clear();
        period = key;
        if (!JsonParts.IsObject(report)) return false;
        var rows = JsonParts.Member(report, "Rows"u8);
        if (JsonParts.IsNothing(rows)) return true;
        return JsonParts.IsList(rows) && TryReadRows(rows, null, null, isTitled: false, depth: 0);
    }

    /// <param name="parent">Titles around that of this list.</param>
    /// <param name="section">This list's title.</param>
    private bool TryReadRows(ReadOnlySpan<byte> rows, string? parent, string? section, bool isTitled, int depth)
    {
        if (depth == Deepest) return false;
        string? heading = null;
        foreach (var range in JsonParts.Elements(rows))
        {
            var row = rows[range];
            if (JsonParts.IsNothing(row)) continue;
            if (!JsonParts.IsObject(row))
            {
                Add(parent, section, "", null, false, false, true, []);
                continue;
            }

            var title = JsonParts.Text(JsonParts.Member(row, "Title"u8)) ?? "";
            var inner = JsonParts.Member(row, "Rows"u8);
            if (!TryAddLine(row, parent, section, isTitled)) return false;
            if (JsonParts.IsNothing(inner) || (JsonParts.IsList(inner) && JsonParts.Elements(inner).Count == 0))
            {
                if (title.Length > 0 && JsonParts.IsNothing(JsonParts.Member(row, "Cells"u8))) heading = title;
                continue;
            }

            if (!JsonParts.IsList(inner)) return false;
            var around = Joined(parent, section, heading);
            if (!TryReadRows(inner, around, title.Length > 0 ? title : null, title.Length > 0, depth + 1)) return false;
            if (title.Length == 0) heading = null;
        }

        return true;
    }

    private bool TryAddLine(ReadOnlySpan<byte> row, string? parent, string? section, bool isTitled)
    {
        var type = JsonParts.Text(JsonParts.Member(row, "RowType"u8));
        var list = JsonParts.Member(row, "Cells"u8);
        if (type == "Header" || JsonParts.IsNothing(list)) return true;
        if (!JsonParts.IsList(list))
        {
            Add(parent, section, "", null, false, false, true, []);
            return true;
        }

        var cells = new List<byte[]>();
        var (account, hasOddAccount, isAccounts) = ((string?)null, false, false);
        foreach (var range in JsonParts.Elements(list))
        {
            var cell = list[range];
            var isCell = JsonParts.IsObject(cell);
            cells.Add(JsonParts.IsNothing(cell) ? [] : isCell ? JsonParts.Member(cell, "Value"u8).ToArray() : "{}"u8.ToArray());
            if (!isCell || isAccounts) continue;
            (account, isAccounts, hasOddAccount) = Account(JsonParts.Member(cell, "Attributes"u8), hasOddAccount);
        }

        if (cells.TrueForAll(cell => JsonParts.IsNothing(cell))) return true;
        var label = JsonParts.Text(cells[0]) ?? "";
        var isTotal = type == "SummaryRow" || (!isTitled && !isAccounts && !hasOddAccount);
        Add(parent, section, label, account, hasOddAccount, isTotal, false, [.. cells]);
        return true;
    }

    /// <returns>The account's id, if it has one; whether the cell names one, though it may be one that Xero computes.</returns>
    private static (string? Id, bool IsNamed, bool IsOdd) Account(ReadOnlySpan<byte> attributes, bool wasOdd)
    {
        if (JsonParts.IsNothing(attributes)) return (null, false, wasOdd);
        if (!JsonParts.IsList(attributes)) return (null, false, true);
        foreach (var range in JsonParts.Elements(attributes))
        {
            var attribute = attributes[range];
            if (!JsonParts.IsObject(attribute)) continue;
            var name = JsonParts.Text(JsonParts.Member(attribute, "Id"u8))?.ToUpperInvariant();
            if (name is not ("ACCOUNT" or "ACCOUNTID")) continue;
            var value = JsonParts.Member(attribute, "Value"u8);
            if (JsonParts.IsNothing(value)) continue;
            if (JsonParts.Text(value) is not { } text) return (null, false, true);
            return (Guid.TryParse(text, out var id) && id != Guid.Empty ? id.ToString() : null, true, wasOdd);
        }

        return (null, false, wasOdd);
    }

    private void Add(
        string? parent, string? section, string label, string? account, bool hasOddAccount, bool isTotal, bool isOdd,
        byte[][] cells)
    {
        string?[] parts = [period, section, account ?? label];
        var key = RecordKey.Short(string.Join(" / ", parts.Where(part => !string.IsNullOrEmpty(part))));
        var times = keys[key] = keys.GetValueOrDefault(key) + 1;
        if (times > 1) key = string.Create(CultureInfo.InvariantCulture, $"{key} #{times}");
        lines.Add(new(parent, section, key, account, hasOddAccount, isTotal, isOdd, cells));
    }

    private static string? Joined(params string?[] titles) =>
        string.Join(" › ", titles.Where(title => !string.IsNullOrEmpty(title))) is { Length: > 0 } joined ? joined : null;
}
