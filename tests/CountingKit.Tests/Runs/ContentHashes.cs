using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Tests.Runs;

public sealed class ContentHashes
{
    public static TheoryData<string> Vectors => new(Read().Select(vector => vector.Name));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_table_has_the_hash_that_another_program_gave_it(string name)
    {
        var vector = Read().Single(vector => vector.Name == name);

        Write(vector.Columns, vector.Rows, Stream.Null).Should().Be(vector.Hash);
    }

    [Fact]
    public void There_are_ten_vectors() => Read().Select(vector => vector.Hash).Distinct().Should().HaveCount(10);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void What_was_written_is_read_back_and_hashes_the_same(string name)
    {
        var vector = Read().Single(vector => vector.Name == name);
        using var bytes = new MemoryStream();
        Write(vector.Columns, vector.Rows, bytes);
        bytes.Position = 0;

        using var reader = new ContentReader(bytes, vector.Columns);
        var rows = new List<CellValue[]>();
        while (reader.ReadRow() is { } row) rows.Add(row);

        rows.Should().HaveSameCount(vector.Rows);
        rows.Zip(vector.Rows).All(pair => pair.First.SequenceEqual(pair.Second)).Should().BeTrue();
        reader.Hash.Should().Be(vector.Hash);
    }

    [Fact]
    public void Bytes_that_end_early_are_refused()
    {
        var vector = Read().Single(vector => vector.Name == "wide rows");
        using var bytes = new MemoryStream();
        Write(vector.Columns, vector.Rows, bytes);
        bytes.SetLength(bytes.Length - 1);
        bytes.Position = 0;

        using var reader = new ContentReader(bytes, vector.Columns);

        FluentActions.Invoking(() => { while (reader.ReadRow() is not null) { } }).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void A_cell_of_another_type_than_its_column_is_refused()
    {
        using var writer = new ContentWriter([new("n", ColumnType.Money)], Stream.Null);

        writer.Invoking(w => w.WriteRow([CellValue.Text("1")])).Should().Throw<ArgumentException>();
        writer.Invoking(w => w.WriteRow([CellValue.Number(1), CellValue.Null])).Should().Throw<ArgumentException>();
    }

    private static string Write(IReadOnlyList<SnapshotColumn> columns, IEnumerable<CellValue[]> rows, Stream to)
    {
        using var writer = new ContentWriter(columns, to);
        foreach (var row in rows) writer.WriteRow(row);
        return writer.Finish();
    }

    private static IReadOnlyList<Vector> Read([CallerFilePath] string here = "")
    {
        using var file = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "content-hash-vectors.json")));
        return [.. file.RootElement.EnumerateArray().Select(Vector.Of)];
    }

    private sealed record Vector(string Name, IReadOnlyList<SnapshotColumn> Columns, IReadOnlyList<CellValue[]> Rows, string Hash)
    {
        public static Vector Of(JsonElement json)
        {
            SnapshotColumn[] columns = [.. json.GetProperty("columns").EnumerateArray().Select(
                column => new SnapshotColumn(column[0].GetString()!, TypeOf(column[1].GetString()!)))];
            CellValue[][] rows = [.. json.GetProperty("rows").EnumerateArray().Select(
                row => row.EnumerateArray().Select((cell, i) => CellOf(cell, columns[i].Type)).ToArray())];
            return new(json.GetProperty("name").GetString()!, columns, rows, json.GetProperty("hash").GetString()!);
        }

        private static ColumnType TypeOf(string kind) => kind switch
        {
            "text" => ColumnType.Text,
            "number" => ColumnType.Money,
            "date" => ColumnType.Date,
            "instant" => ColumnType.Instant,
            "yes-no" => ColumnType.YesNo,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

        private static CellValue CellOf(JsonElement cell, ColumnType type)
        {
            if (cell.ValueKind == JsonValueKind.Null) return CellValue.Null;
            return type switch
            {
                ColumnType.Text => CellValue.Text(cell.GetString()),
                ColumnType.Money => CellValue.Number(decimal.Parse(cell.GetString()!, CultureInfo.InvariantCulture)),
                ColumnType.Date => CellValue.Date(DateOnly.Parse(cell.GetString()!, CultureInfo.InvariantCulture)),
                ColumnType.Instant => CellValue.Instant(DateTimeOffset.Parse(cell.GetString()!, CultureInfo.InvariantCulture)),
                _ => CellValue.YesNo(cell.GetBoolean()),
            };
        }
    }
}
