using System.IO.Compression;
using CountingKit.History;
using Parquet;
using Parquet.Schema;

namespace CountingKit.Adapters.Files;

/// <summary>
/// Typed columns in groups of rows: numbers are decimals of the scale that their values need, dates <c>date32</c>, moments
/// timestamps in UTC (microseconds), texts UTF-8; all of them may be null.
/// </summary>
internal static class ParquetRows
{
    private const int RowsOfGroup = 10_000;

    /// <summary>Bytes of texts after which a group ends: texts can be long.</summary>
    private const int BytesOfGroup = 4 * 1024 * 1024;

    public static async Task Write(RowsFile file, FileParts parts, CancellationToken ct)
    {
        var columns = file.Columns.Select(ParquetColumn.Of).ToList();
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(column => column.Field)), parts, Options, cancellationToken: ct);
        var (rows, bytes) = (0, 0L);
        await foreach (var row in file.Rows.WithCancellation(ct))
        {
            for (var i = 0; i < columns.Count; i++) bytes += columns[i].Add(row[i]);
            if (++rows < RowsOfGroup && bytes < BytesOfGroup) continue;
            await WriteGroup(writer, columns, ct);
            await parts.SendSome(ct);
            (rows, bytes) = (0, 0);
        }

        if (rows > 0) await WriteGroup(writer, columns, ct);
    }

    /// <summary>Its higher levels take ten times as long, and make these files no smaller.</summary>
    private static ParquetOptions Options =>
        new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };

    private static async Task WriteGroup(ParquetWriter writer, IReadOnlyList<ParquetColumn> columns, CancellationToken ct)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns) await column.Write(group, ct);
        group.CompleteValidate();
    }
}
