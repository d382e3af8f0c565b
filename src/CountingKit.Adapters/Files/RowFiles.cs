using CountingKit.History;

namespace CountingKit.Adapters.Files;

/// <param name="HasMark">CSV begins with the mark by which spreadsheet programs know UTF-8 (a BOM).</param>
/// <param name="IsDefused">
/// In CSV, a text that a spreadsheet program would take for a formula gets an apostrophe before it. Other files know text from
/// formulas.
/// </param>
public sealed record FileChoices(bool HasMark = true, bool IsDefused = true);

/// <summary>Tables as files: written as their rows are read, so that memory does not grow with their number.</summary>
public static class RowFiles
{
    /// <summary>
    /// Writes the whole file. Whatever fails, nothing more is written to <paramref name="to"/>: what ends a file as if it were
    /// whole is not there then.
    /// </summary>
    public static async Task Write(RowsFile file, FileChoices choices, Stream to, CancellationToken ct)
    {
        await using var parts = new FileParts(to);
        await (file.Format switch
        {
            FileFormat.Csv => CsvRows.Write(file, choices, parts, ct),
            FileFormat.Xlsx => ExcelRows.Write(file, parts, ct),
            FileFormat.Parquet => ParquetRows.Write(file, parts, ct),
        });
        await parts.Send(ct);
    }

    /// <summary>Its media type, with the charset where it is text.</summary>
    public static string MediaType(FileFormat format) => format switch
    {
        FileFormat.Csv => "text/csv; charset=utf-8",
        FileFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileFormat.Parquet => "application/vnd.apache.parquet",
    };
}
