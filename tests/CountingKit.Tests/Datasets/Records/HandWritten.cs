using System.Globalization;
using System.Text;
using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets.Records;

/// <summary>A record as Xero may send it, and what each column must say of each of its rows.</summary>
internal sealed record HandWritten(byte[] Json, IReadOnlyList<IReadOnlyDictionary<string, CellValue>> Rows)
{
    public HandWritten(string json, params Cells[] rows)
        : this(Encoding.UTF8.GetBytes(json), [.. rows.Select(cells => cells.Typed)])
    {
    }

    /// <summary>Of a report, its period.</summary>
    public string Key { get; init; } = "";
}

/// <summary>By column; one that is not named has no value.</summary>
internal sealed class Cells : Dictionary<string, object>
{
    public Cells()
    {
    }

    /// <param name="head">What the rows of a record have in common.</param>
    public Cells(Cells head) : base(head)
    {
    }

    public IReadOnlyDictionary<string, CellValue> Typed => this.ToDictionary(cell => cell.Key, cell => cell.Value switch
    {
        string text => CellValue.Text(text),
        int number => CellValue.Number(number),
        decimal number => CellValue.Number(number),
        bool yes => CellValue.YesNo(yes),
        DateOnly day => CellValue.Date(day),
        DateTimeOffset moment => CellValue.Instant(moment),
        var other => throw new ArgumentException($"{cell.Key}: {other.GetType()} is no cell's value."),
    });

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset Moment(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <param name="Records">In the first, every field that the catalogue knows; in the others what else may come.</param>
internal sealed record HandWrittenDataset(string Key, params HandWritten[] Records)
{
    public Dataset Dataset => DatasetCatalogue.Get(Key);

    /// <summary>Those of this folder's classes, beside the two that stand elsewhere.</summary>
    public static IReadOnlyList<HandWrittenDataset> All { get; } =
    [
        new("invoices", new HandWritten(HandWrittenInvoice.Json, [HandWrittenInvoice.Cells]), HandWrittenInvoice.Bare),
        new("contacts", new HandWritten(HandWrittenContact.Json, [HandWrittenContact.Cells]), HandWrittenContact.Bare),
        .. typeof(HandWrittenDataset).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(HandWrittenDataset).Namespace && type.Name.EndsWith("Records", StringComparison.Ordinal))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (HandWrittenDataset)type.GetProperty("Of")!.GetValue(null)!),
    ];

    public static HandWrittenDataset Find(string key) => All.Single(dataset => dataset.Key == key);
}
