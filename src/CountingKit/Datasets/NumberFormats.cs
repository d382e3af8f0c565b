namespace CountingKit.Datasets;

/// <summary>How numbers read, in a sheet as on a page. Google Sheets and .NET spell these patterns alike.</summary>
public static class NumberFormats
{
    /// <returns>Null = the column holds no numbers.</returns>
    public static string? Of(ColumnType type) => type switch
    {
        ColumnType.WholeNumber => "#,##0",
        ColumnType.Decimal => "#,##0.00####",
        ColumnType.Money => "#,##0.00",
        _ => null,
    };
}
