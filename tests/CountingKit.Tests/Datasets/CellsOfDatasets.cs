using System.Text;
using CountingKit.Datasets;
using CountingKit.Tests.Datasets.Records;
using CountingKit.Tests.Mirror;

namespace CountingKit.Tests.Datasets;

/// <summary>Every column of every dataset against records written by hand.</summary>
public sealed class CellsOfDatasets
{
    public static TheoryData<string> Datasets => new(DatasetCatalogue.All.Select(dataset => dataset.Key));

    public static TheoryData<string, string> Columns
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var dataset in DatasetCatalogue.All)
                foreach (var column in Told(dataset)) all.Add(dataset.Key, column.Key);
            return all;
        }
    }

    [Fact]
    public void Each_dataset_has_records_written_by_hand() => HandWrittenDataset.All.Select(written => written.Key)
        .Should().BeEquivalentTo(DatasetCatalogue.All.Select(dataset => dataset.Key));

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_reads_its_field_of_each_record(string dataset, string column)
    {
        var written = HandWrittenDataset.Find(dataset);

        foreach (var record in written.Records)
            Rows(written.Dataset, [written.Dataset.Column(column)], record).Select(row => row[0])
                .Should().Equal(record.Rows.Select(cells => cells.GetValueOrDefault(column)));
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void The_first_record_has_a_value_for_every_column(string dataset)
    {
        var written = HandWrittenDataset.Find(dataset);
        var told = Told(written.Dataset).Select(column => column.Key);

        written.Records[0].Rows.SelectMany(cells => cells.Keys).Distinct().Should().BeEquivalentTo(told);
        written.Records.SelectMany(record => record.Rows).SelectMany(cells => cells.Values).Should().NotContain(CellValue.Null);
    }

    /// <summary>Two columns of which one could have the other's path by mistake tell something else of some row.</summary>
    [Theory]
    [MemberData(nameof(Datasets))]
    public void No_two_fields_are_alike_in_all_rows(string dataset)
    {
        var written = HandWrittenDataset.Find(dataset);
        var rows = written.Records.SelectMany(record => record.Rows).ToList();
        var columns = Told(written.Dataset);

        var alike =
            from one in columns
            from other in columns
            where string.CompareOrdinal(one.Key, other.Key) < 0 && one.Path != other.Path
                && rows.TrueForAll(cells => cells.GetValueOrDefault(one.Key) == cells.GetValueOrDefault(other.Key))
            select $"{one.Key} and {other.Key}";
        alike.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task Through_the_mirror_they_are_the_same(string key)
    {
        var written = HandWrittenDataset.Find(key);
        var columns = Told(written.Dataset).Select(column => column.Key).ToArray();
        using var mirror = new MirrorUnderTest(resource: written.Dataset.Resource.Name);
        if (written.Dataset.Report is not null)
            await mirror.SyncPeriods([.. written.Records.Select(record => (record.Key, Encoding.UTF8.GetString(record.Json)))]);
        else await mirror.Sync(full: true, [.. written.Records.Select(record => Encoding.UTF8.GetString(record.Json))]);

        var rows = await mirror.Rows(mirror.Projection(columns) with { Dataset = key });

        rows.Select(Shown).Should().BeEquivalentTo(written.Records.SelectMany(record => record.Rows)
            .Select(cells => Shown(columns.Select(column => cells.GetValueOrDefault(column)))));
    }

    /// <summary>The reader's rows of a record, all of which it could read.</summary>
    private static List<CellValue[]> Rows(Dataset dataset, IReadOnlyList<Column> columns, HandWritten record)
    {
        var reader = dataset.Reader(columns);
        var rows = new List<CellValue[]>();
        reader.Open(record.Key, record.Json);
        while (true)
        {
            var cells = new CellValue[columns.Count];
            if (!reader.Next(cells, new bool[columns.Count], out var isWhole)) return rows;
            isWhole.Should().BeTrue();
            rows.Add(cells);
        }
    }

    private static List<Column> Told(Dataset dataset) => [.. dataset.Columns.Where(column => column.IsOfRecord)];

    private static string Shown(IEnumerable<CellValue> row) => string.Join('|', row.Select(cell => cell.Kind switch
    {
        CellKind.Null => "",
        CellKind.Text => cell.AsText,
        CellKind.Number => FormattableString.Invariant($"{cell.AsNumber:0.############}"),
        CellKind.Date => FormattableString.Invariant($"{cell.AsDate:yyyy-MM-dd}"),
        CellKind.Instant => FormattableString.Invariant($"{cell.AsInstant:O}"),
        _ => cell.AsYesNo ? "yes" : "no",
    }));
}
