using CountingKit.Adapters.Files;
using CountingKit.Datasets;
using CountingKit.History;
using CountingKit.Testing;
using DuckDB.NET.Data;
using static CountingKit.Tests.Files.TablesForFiles;

namespace CountingKit.Tests.Files;

/// <summary>Read back by DuckDB, another reader than the writer.</summary>
public sealed class RowsAsParquet
{
    private static readonly FileColumn[] Columns =
    [
        new("Number", ColumnType.Text), new("Total", ColumnType.Money, Scale: 4, Digits: 13), new("Rate", ColumnType.Decimal, Scale: 10),
        new("Lines", ColumnType.WholeNumber), new("Date", ColumnType.Date), new("Updated (UTC)", ColumnType.Instant), new("Sent", ColumnType.YesNo),
    ];

    [Fact]
    public async Task Every_type_is_a_column_of_its_type_and_no_digit_is_lost()
    {
        var file = Table(
            FileFormat.Parquet, Columns,
            [Text("0090"), Number(1234567890123.4567m), Number(0.0123456789m), Number(3), Day(2026, 2, 1), Moment("2026-02-01T03:04:05.123456Z"), Yes],
            [Text("=1+1"), Number(-0.1m), Number(7), Number(0), Day(1, 1, 1), Moment("0001-01-01T00:00:00Z"), No],
            [.. Enumerable.Repeat(CellValue.Null, 7)]);

        var (types, rows) = await Read(file, "SELECT \"Number\", \"Total\"::VARCHAR, \"Rate\"::VARCHAR, \"Lines\"::VARCHAR, \"Date\"::VARCHAR, "
            + "epoch_us(\"Updated (UTC)\")::VARCHAR, \"Sent\"::VARCHAR FROM t");

        types.Should().Equal(
            "Number VARCHAR", "Total DECIMAL(38,4)", "Rate DECIMAL(38,10)", "Lines DECIMAL(38,0)", "Date DATE",
            "Updated (UTC) TIMESTAMP WITH TIME ZONE", "Sent BOOLEAN");
        rows.Should().Equal(
            "0090|1234567890123.4567|0.0123456789|3|2026-02-01|1769915045123456|true",
            "=1+1|-0.1000|7.0000000000|0|0001-01-01|-62135596800000000|false",
            "||||||");
    }

    [Fact]
    public async Task The_longest_numbers_keep_every_digit_and_those_of_two_lengths_become_text()
    {
        var most = 79228162514264337593543950335m;
        FileColumn[] columns =
        [
            new("Large", ColumnType.WholeNumber, Scale: 0, Digits: 29), new("Small", ColumnType.Decimal, Scale: 28, Digits: 1),
            new("Both", ColumnType.Decimal, Scale: 28, Digits: 29),
        ];

        var (types, rows) = await Read(
            Table(
                FileFormat.Parquet, columns, [Number(most), Number(0.0000000000000000000000000001m), Number(most)],
                [Number(-most), Number(-7.9228162514264337593543950335m), Number(0.0000000000000000000000000001m)]),
            "SELECT \"Large\"::VARCHAR, \"Small\"::VARCHAR, \"Both\" FROM t");

        types.Should().Equal("Large DECIMAL(38,0)", "Small DECIMAL(38,28)", "Both VARCHAR");
        rows.Should().Equal(
            "79228162514264337593543950335|0.0000000000000000000000000001|79228162514264337593543950335",
            "-79228162514264337593543950335|-7.9228162514264337593543950335|0.0000000000000000000000000001");
    }

    [Fact]
    public async Task Hostile_texts_read_back_as_they_were()
    {
        string[] texts = ["\"q\",\r\n", "a\0b\u0001", "\u202Eevil", "🧾", new('x', 40_000)];

        var (_, rows) = await Read(Texts(FileFormat.Parquet, texts), "SELECT hex(\"Text\") FROM t");

        rows.Should().Equal(texts.Select(text => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public async Task Many_rows_are_several_groups_in_their_order()
    {
        var file = Table(
            FileFormat.Parquet, [new("N", ColumnType.WholeNumber)], Enumerable.Range(0, 25_001).Select(i => new[] { Number(i) }));

        var (_, rows) = await Read(
            file, "SELECT count(*), sum(\"N\")::VARCHAR, count(*) FILTER (\"N\" = n), (SELECT count(*) FROM parquet_metadata(getvariable('path'))) "
                + "FROM (SELECT *, row_number() OVER () - 1 AS n FROM t)");

        rows.Should().Equal("25001|312512500|25001|3");
    }

    [Fact]
    public async Task No_rows_are_columns_all_the_same()
    {
        var (types, rows) = await Read(Table(FileFormat.Parquet, Columns), "SELECT * FROM t");

        types.Should().HaveCount(7);
        rows.Should().BeEmpty();
    }

    [Fact]
    public async Task Where_a_row_fails_the_file_has_no_end()
    {
        using var to = new MemoryStream();
        var file = Texts(FileFormat.Parquet) with
        {
            Rows = Failing(Enumerable.Range(0, 25_000).Select(i => new[] { Text(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)))) })),
        };

        var write = () => RowFiles.Write(file, new FileChoices(), to, default);

        await write.Should().ThrowAsync<IOException>();
        to.Length.Should().BePositive();
        to.ToArray()[^4..].Should().NotEqual("PAR1"u8.ToArray());
    }

    private static async Task<(List<string> Types, List<string> Rows)> Read(RowsFile file, string sql)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "rows.parquet");
        await File.WriteAllBytesAsync(path, await Write(file));
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await Execute(connection, $"SET VARIABLE path = '{path}'");
        await Execute(connection, "CREATE VIEW t AS SELECT * FROM read_parquet(getvariable('path'))");
        return (await Rows(connection, "SELECT column_name || ' ' || column_type FROM (DESCRIBE t)"), await Rows(connection, sql));
    }

    private static async Task<List<string>> Rows(DuckDBConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : $"{reader.GetValue(i)}")));
        return rows;
    }

    private static async Task Execute(DuckDBConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
