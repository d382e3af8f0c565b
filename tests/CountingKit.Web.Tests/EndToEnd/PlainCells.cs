using System.Globalization;
using System.Text.Json;
using CountingKit.Datasets;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// What a sheet's cells must hold for Xero's records: a slow and plain reading of what a dataset declares, over a document tree and
/// with nothing of the product's reader in it. A cell is a string, a decimal, a bool, or null for a blank.
/// </summary>
/// <param name="recordsOf">The organization's records that another dataset is made from, by its key.</param>
internal sealed class PlainCells(
    Dataset dataset, string organization, string shortCode, string baseCurrency, IReadOnlyDictionary<string, List<JsonElement>> recordsOf)
{
    private static readonly string[] PaidToUs = ["ACCRECPAYMENT", "APCREDITPAYMENT", "APPREPAYMENTPAYMENT", "APOVERPAYMENTPAYMENT"];

    /// <summary>The rows of one record; a cell by its heading.</summary>
    public IEnumerable<Dictionary<string, object?>> RowsOf(JsonElement record)
    {
        if (dataset.RecordFilter is { } only && Text(Value(record, only.Path)) != only.Value) yield break;
        var elements = dataset.List is { } list ? Elements(record, list) : [null];
        foreach (var (element, place) in elements.Select((element, i) => (element, i + 1)))
        {
            if (element is { } at && dataset.List?.Skips is { } skips && Value(at, skips) is { ValueKind: JsonValueKind.True }) continue;
            yield return dataset.Columns.ToDictionary(column => column.Heading, column => Worded(column, Cell(column, record, element, place)));
        }
    }

    private static List<JsonElement?> Elements(JsonElement record, RowList list)
    {
        List<JsonElement?> all = record.TryGetProperty(list.Name, out var elements) && elements.ValueKind == JsonValueKind.Array
            ? [.. elements.EnumerateArray().Where(element => element.ValueKind != JsonValueKind.Null).Cast<JsonElement?>()] : [];
        return all.Count == 0 && list.KeepsEmpty ? [null] : all;
    }

    private object? Worded(Column column, object? cell)
    {
        if (cell is not string text) return cell;
        if (column.Words is { } words) return words.GetValueOrDefault(text, text);
        return column.Key == "status" ? dataset.Statuses.FirstOrDefault(status => status.Value == text)?.Meaning ?? text : text;
    }

    private object? Cell(Column column, JsonElement record, JsonElement? element, int place)
    {
        var path = column.Path;
        if (path == "=organization") return organization;
        if (path == "=place") return (decimal)place;
        if (column.Lookup is { } lookup)
        {
            var other = DatasetCatalogue.Get(lookup.Dataset);
            foreach (var (here, there) in lookup.By)
                if (Text(At(dataset.Column(here).Path)) is { } id
                    && recordsOf[lookup.Dataset].Where(one => Text(Value(one, other.Column(there).Path)) == id).ToList() is [var found, ..]
                    && Text(Value(found, other.Column(lookup.Column).Path)) is { } text) return text;
            return null;
        }

        if (!path.StartsWith('=')) return Typed(column.Type, path);
        if (path.Split(" / ") is [var dividend, var divisor])
        {
            var above = dividend.Contains('(') ? (decimal?)Cell(column with { Path = dividend }, record, element, place) : Amount(dividend[1..]);
            if (column.Unrated is { Currency.Path: var currency } && Amount(divisor) is null)
                return Text(At(currency)) == baseCurrency ? above : null;
            return above is not null && Amount(divisor) is { } below && below != 0
                ? Math.Round(above.Value / below, 2, MidpointRounding.AwayFromZero) : null;
        }

        var (function, rest) = (path[1..path.IndexOf('(')], path[(path.IndexOf('(') + 1)..^1].Split(", "));
        return function switch
        {
            "count" => At(rest[0]) is { ValueKind: JsonValueKind.Array } list
                ? list.EnumerateArray().Count(one => one.ValueKind != JsonValueKind.Null) : (decimal?)null,
            "join" => Joined(rest[0]),
            "words" => string.Join(' ', rest.Select(part => Text(At(part))).OfType<string>()) is { Length: > 0 } words ? words : null,
            "link" => Text(At(rest[1])) is { } id ? Link(rest[0] + Uri.EscapeDataString(id)) : null,
            "id" => Text(At(rest[0])) ?? $"{Text(At(rest[1]))} {place}",
            "debit" => Amount(rest[0]) is { } amount ? Math.Max(0, amount) : null,
            "credit" => Amount(rest[0]) is { } amount ? Math.Max(0, -amount) : null,
            "signed" => Amount(rest[0]) is { } amount && Text(At(rest[1])) is { } way
                ? way.StartsWith("RECEIVE", StringComparison.Ordinal) || PaidToUs.Contains(way) ? amount : -amount : null,
            "net" => Line(inclusive: (amount, tax) => amount - tax, exclusive: (amount, _) => amount),
            "gross" => Line(inclusive: (amount, _) => amount, exclusive: (amount, tax) => amount + tax),
            _ => throw new NotSupportedException(path),
        };

        JsonElement? At(string wanted) => dataset.List is { } list && wanted.StartsWith($"{list.Name}[].", StringComparison.Ordinal)
            ? element is { } one ? Value(one, wanted[(list.Name.Length + 3)..]) : null
            : Value(record, wanted);

        decimal? Amount(string wanted) => Number(At(wanted));

        decimal? Line(Func<decimal, decimal, decimal> inclusive, Func<decimal, decimal, decimal> exclusive) =>
            Amount(rest[0]) is not { } amount ? null : Text(At(rest[2])) switch
            {
                "Inclusive" => inclusive(amount, Amount(rest[1]) ?? 0),
                "Exclusive" => exclusive(amount, Amount(rest[1]) ?? 0),
                "NoTax" => amount,
                _ => null,
            };

        string? Joined(string wanted)
        {
            var (list, inner) = (wanted[..wanted.IndexOf("[].", StringComparison.Ordinal)], wanted[(wanted.IndexOf("[].", StringComparison.Ordinal) + 3)..]);
            var texts = At(list) is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray().Select(one => Text(Value(one, inner))) : [];
            return string.Join(", ", texts.OfType<string>()) is { Length: > 0 } text ? text : null;
        }

        object? Typed(ColumnType type, string wanted) => type switch
        {
            ColumnType.Text => Text(At(wanted)),
            ColumnType.YesNo => Text(At(wanted)) is { } yesNo ? string.Equals(yesNo, "true", StringComparison.OrdinalIgnoreCase) : null,
            ColumnType.Date => Day(Text(At(wanted)), Text(At($"{wanted}String"))),
            ColumnType.Instant => Text(At(wanted)) is { } moment ? Serial(Moment(moment)) : null,
            _ => Amount(wanted),
        };
    }

    private string Link(string address) =>
        $"https://go.xero.com/organisationlogin/default.aspx?shortcode={shortCode}&redirecturl=/{address["https://go.xero.com/".Length..]}";

    private static JsonElement? Value(JsonElement of, string path)
    {
        JsonElement? at = of;
        foreach (var part in path.Split('.'))
        {
            var (name, which) = part.IndexOf('[') is > 0 and var open ? (part[..open], part[(open + 1)..^1]) : (part, null);
            if (at is not { ValueKind: JsonValueKind.Object } one || !one.TryGetProperty(name, out var value)) return null;
            at = value;
            if (which is null) continue;
            var list = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [];
            at = which.Split('=') is [var key, var wanted]
                ? list.Where(element => Text(Value(element, key)) == wanted).Cast<JsonElement?>().FirstOrDefault()
                : list.Cast<JsonElement?>().ElementAtOrDefault(int.Parse(which, CultureInfo.InvariantCulture));
        }

        return at;
    }

    private static string? Text(JsonElement? value) => value is not { } there || there.ValueKind == JsonValueKind.Null ? null
        : there.ToString() is { Length: > 0 } text ? there.ValueKind == JsonValueKind.Number ? there.GetRawText() : text : null;

    private static decimal? Number(JsonElement? value) =>
        Text(value) is { } text ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static DateTimeOffset Moment(string text) => text.StartsWith("/Date(", StringComparison.Ordinal)
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text[6..text.IndexOfAny(['+', '-', ')'], 7)], CultureInfo.InvariantCulture))
        : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Whole days since 30 December 1899; a time of day in a date says that its sibling has the day that people saw.</summary>
    private static object? Day(string? text, string? sibling)
    {
        if (text is null or "/Date(0+0000)/") return sibling is null ? null : decimal.Floor(Serial(Moment(sibling)));
        var moment = Moment(text);
        return decimal.Floor(Serial(moment.TimeOfDay != TimeSpan.Zero && sibling is not null ? Moment(sibling) : moment));
    }

    private static decimal Serial(DateTimeOffset moment) => decimal.Round(moment.ToUnixTimeMilliseconds() / 86_400_000m + 25_569, 8);
}
