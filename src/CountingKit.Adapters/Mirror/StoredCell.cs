using CountingKit.Datasets;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>Typed columns back into cells: the way back from <see cref="CacheLayout"/>.</summary>
internal static class StoredCell
{
    public static CellValue Read(DuckDBDataReader row, Column column, ref int field)
    {
        var at = field++;
        var rest = CacheLayout.IsNumber(column) ? field++ : -1;
        if (row.IsDBNull(at)) return CellValue.Null;
        return column.Type switch
        {
            ColumnType.Text => CellValue.Text(row.GetString(at)),
            ColumnType.Date => CellValue.Date(row.GetFieldValue<DateOnly>(at)),
            ColumnType.Instant => CellValue.Instant(new(row.GetInt64(at), TimeSpan.Zero)),
            ColumnType.YesNo => CellValue.YesNo(row.GetBoolean(at)),
            _ => CellValue.Number(row.GetDecimal(at) + (row.IsDBNull(rest) ? 0 : row.GetDecimal(rest))),
        };
    }
}
