using CountingKit.Adapters.Files;
using CountingKit.Datasets;
using CountingKit.History;

namespace CountingKit.Tests.Files;

/// <summary>Tables that are written to files here, and texts that people outside may have typed to do harm.</summary>
internal static class TablesForFiles
{
    public static CellValue Text(string text) => CellValue.Text(text);

    public static CellValue Number(decimal number) => CellValue.Number(number);

    public static CellValue Day(int year, int month, int day) => CellValue.Date(new(year, month, day));

    public static CellValue Moment(string utc) =>
        CellValue.Instant(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));

    public static CellValue Yes => CellValue.YesNo(true);

    public static CellValue No => CellValue.YesNo(false);

    public static RowsFile Table(FileFormat format, FileColumn[] columns, params IEnumerable<CellValue[]> rows) =>
        new($"Rows.{format}", format, columns, rows.ToAsyncEnumerable());

    public static RowsFile Texts(FileFormat format, params IEnumerable<string> texts) =>
        Table(format, [new("Text", ColumnType.Text)], texts.Select(text => new[] { Text(text) }));

    public static async Task<byte[]> Write(RowsFile file, FileChoices? choices = null)
    {
        using var to = new MemoryStream();
        await RowFiles.Write(file, choices ?? new FileChoices(), new OnlyWaits(to), CancellationToken.None);
        return to.ToArray();
    }

    /// <summary>Rows of which one cannot be read.</summary>
    public static async IAsyncEnumerable<CellValue[]> Failing(IEnumerable<CellValue[]> rows)
    {
        foreach (var row in rows) yield return row;
        await Task.Yield();
        throw new IOException("The disk is gone.");
    }

    /// <summary>As an answer's body is: it is written to and waited for, and never sought in.</summary>
    private sealed class OnlyWaits(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken ct = default) => inner.WriteAsync(buffer, ct);

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("It does not wait.");

        public override void Flush() => throw new InvalidOperationException("It does not wait.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
