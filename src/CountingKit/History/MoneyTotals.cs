using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.History;

/// <summary>What a money column adds up to in two runs.</summary>
/// <param name="Currency">ISO 4217 as the rows carry it, "base currency", or "" where they carry none.</param>
/// <param name="Before">Null = it is beyond what can be added up exactly.</param>
/// <param name="After">Likewise.</param>
public sealed record MoneyTotal(string Heading, string Currency, decimal? Before, decimal? After)
{
    /// <summary>Null = one of them is not known.</summary>
    public decimal? Difference => After - Before;
}

/// <summary>
/// Sums of the money columns that two runs share: amounts of one currency are added to each other and to no others. Base-currency
/// amounts are one sum; those of several organizations are none, as their base currencies may differ.
/// </summary>
internal sealed class MoneyTotals
{
    /// <summary>More than there are in use: what has more is not what it says.</summary>
    private const int MostCurrencies = 200;

    private const string Base = "base currency";
    private const string CurrencyColumn = "currency";

    private readonly List<(CommonColumn Common, bool IsBase)> columns;
    private readonly CommonColumn? currency;
    private readonly SortedDictionary<(int Column, string Currency), Sums> sums = [];

    private MoneyTotals(RunPair pair)
    {
        var isOne = pair.After.Run.ConnectionIds().Count == 1 && pair.Before.Run.Connections == pair.After.Run.Connections;
        columns =
        [
            .. pair.Common.Where(common => common.Column.Type == ColumnType.Money)
                .Select(common => (common, IsBase: IsInBase(pair.Dataset, common.Column.Key)))
                .Where(column => isOne || !column.IsBase),
        ];
        currency = pair.Common.FirstOrDefault(common => common.Column is { Key: CurrencyColumn, Type: ColumnType.Text });
    }

    /// <returns>Empty = there is no money in them, or there are too many currencies.</returns>
    public static async Task<IReadOnlyList<MoneyTotal>> Of(RunPair pair, IMirror mirror, CancellationToken ct)
    {
        var totals = new MoneyTotals(pair);
        if (totals.columns.Count == 0) return [];
        await foreach (var row in mirror.ReadRows(pair.Before.Snapshot!, ct)) totals.Add(row, isAfter: false);
        await foreach (var row in mirror.ReadRows(pair.After.Snapshot!, ct)) totals.Add(row, isAfter: true);
        return totals.sums.Keys.Select(key => key.Currency).Distinct().Count() > MostCurrencies
            ? []
            : [.. totals.sums.Select(sum => new MoneyTotal(
                totals.columns[sum.Key.Column].Common.Column.Heading, sum.Key.Currency, sum.Value.Before, sum.Value.After))];
    }

    private void Add(CellValue[] row, bool isAfter)
    {
        var code = currency is null ? CellValue.Null : row[isAfter ? currency.AfterPlace : currency.BeforePlace];
        for (var i = 0; i < columns.Count; i++)
        {
            var cell = row[isAfter ? columns[i].Common.AfterPlace : columns[i].Common.BeforePlace];
            if (cell.Kind != CellKind.Number) continue;
            var key = (i, columns[i].IsBase ? Base : code.IsNull ? "" : code.AsText);
            if (!sums.TryGetValue(key, out var sum))
            {
                if (sums.Count > MostCurrencies * columns.Count) return;
                sums[key] = sum = new();
            }

            if (isAfter) sum.After = Plus(sum.After, cell.AsNumber);
            else sum.Before = Plus(sum.Before, cell.AsNumber);
        }
    }

    /// <summary>Without losing a digit: a decimal has 28, and rounds what has more.</summary>
    private static decimal? Plus(decimal? sum, decimal amount)
    {
        if (sum is not { } known) return null;
        try
        {
            var next = known + amount;
            return next - known == amount ? next : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsInBase(Dataset? dataset, string key) =>
        dataset?.Columns.FirstOrDefault(column => column.Key == key)?.Unrated is not null;

    private sealed class Sums
    {
        public decimal? Before { get; set; } = 0;

        public decimal? After { get; set; } = 0;
    }
}
