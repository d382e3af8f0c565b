using System.Text;
using CountingKit.Datasets;
using CountingKit.History;
using Parquet;
using Parquet.Schema;

namespace CountingKit.Adapters.Files;

/// <summary>One column of a Parquet file, and its values that are not written yet.</summary>
internal abstract class ParquetColumn(DataField field)
{
    public DataField Field { get; } = field;

    /// <returns>About how many bytes it takes.</returns>
    public abstract int Add(CellValue cell);

    /// <summary>Writes what was added, and forgets it.</summary>
    public abstract Task Write(ParquetRowGroupWriter group, CancellationToken ct);

    public static ParquetColumn Of(FileColumn column) => column.Type switch
    {
        ColumnType.Text => new Texts(new DataField(column.Heading, typeof(string), isNullable: true), cell => cell.AsText),
        ColumnType.Date => new Values<DateOnly>(
            new DataField(column.Heading, typeof(DateOnly), isNullable: true), cell => cell.AsDate),
        ColumnType.Instant => new Values<DateTime>(
            new DateTimeDataField(
                column.Heading, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true),
            cell => cell.AsInstant.UtcDateTime),
        ColumnType.YesNo => new Values<bool>(
            new DataField(column.Heading, typeof(bool), isNullable: true), cell => cell.AsYesNo),
        _ => Numbers(column),
    };

    /// <summary>Money has two decimals at least, so that most files of one exporter have one form.</summary>
    private static ParquetColumn Numbers(FileColumn column)
    {
        const int mostDigits = 38;
        var scale = Math.Max(column.Scale, column.Type switch { ColumnType.WholeNumber => 0, ColumnType.Money => 2, _ => 4 });
        return scale + column.Digits <= mostDigits
            ? new Values<decimal>(
                new DecimalDataField(column.Heading, mostDigits, scale, isNullable: true), cell => cell.AsNumber)
            : new Texts(new DataField(column.Heading, typeof(string), isNullable: true), CsvRows.Plain);
    }

    private sealed class Values<T>(DataField field, Func<CellValue, T> value) : ParquetColumn(field) where T : struct
    {
        private const int Width = 16;

        private readonly List<T?> values = [];

        public override int Add(CellValue cell)
        {
            values.Add(cell.IsNull ? null : value(cell));
            return Width;
        }

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken ct)
        {
            await group.WriteAsync<T>(Field, values.ToArray().AsMemory(), cancellationToken: ct);
            values.Clear();
        }
    }

    private sealed class Texts(DataField field, Func<CellValue, string> value) : ParquetColumn(field)
    {
        private readonly List<string?> values = [];

        public override int Add(CellValue cell)
        {
            var text = cell.IsNull ? null : value(cell);
            values.Add(text);
            return text is null ? 1 : Encoding.UTF8.GetByteCount(text);
        }

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken ct)
        {
            await group.WriteAsync(Field, values!);
            values.Clear();
        }
    }
}
