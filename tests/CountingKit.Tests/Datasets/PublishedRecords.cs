using System.Text.Json;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Tests.Datasets;

/// <summary>Xero's published answers, read in place from the folder that COUNTINGKIT_XERO_EXAMPLES names.</summary>
public sealed class PublishedRecords
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("COUNTINGKIT_XERO_EXAMPLES");

    public static TheoryData<string> Files => new(PublishedRows.All.Select(published => published.File));

    [Theory]
    [MemberData(nameof(Files))]
    public void They_are_read_whole_and_as_written_here_by_hand(string file)
    {
        if (string.IsNullOrEmpty(Folder)) return; // Read in place where they are at hand.
        var published = PublishedRows.All.Single(published => published.File == file);
        var dataset = DatasetCatalogue.Get(published.Dataset);
        var answer = File.ReadAllBytes(Path.Combine(Folder, file));
        var records = dataset.Report is null
            ? Envelope.Read(answer, dataset.Resource.Name, dataset.Resource.Key).Records
            : Envelope.ReadFirst(answer, "Reports", published.Period).Records;

        foreach (var made in DatasetCatalogue.MadeFrom(dataset.Resource.Name))
            foreach (var record in records) Rows(made, made.Columns, record);

        var columns = published.Columns.Split(' ').Select(dataset.Column).ToList();
        records.SelectMany(record => Rows(dataset, columns, record)).Should().Equal(published.Rows);
    }

    [Fact]
    public void Every_one_of_a_list_that_can_be_exported_is_among_them()
    {
        if (string.IsNullOrEmpty(Folder)) return; // Read in place where they are at hand.
        var lists = DatasetCatalogue.All.Select(dataset => dataset.Report is null ? dataset.Resource.Name : "Reports").ToHashSet();

        Directory.GetFiles(Folder, "*.json").Where(path => IsOfAny(lists, path)).Select(path => Path.GetFileName(path))
            .Except(PublishedRows.NotExported)
            .Should().BeEquivalentTo(PublishedRows.All.Select(published => published.File));
    }

    private static bool IsOfAny(HashSet<string> lists, string path)
    {
        using var answer = JsonDocument.Parse(File.ReadAllBytes(path));
        return answer.RootElement.ValueKind == JsonValueKind.Object
            && answer.RootElement.EnumerateObject().Any(property => lists.Contains(property.Name));
    }

    private static List<string> Rows(Dataset dataset, IReadOnlyList<Column> columns, SourceRecord record)
    {
        var reader = dataset.Reader(columns);
        var cells = new CellValue[columns.Count];
        var rows = new List<string>();
        for (reader.Open(record.Key, record.Json); reader.Next(cells, new bool[columns.Count], out var isWhole);)
        {
            isWhole.Should().BeTrue();
            rows.Add(string.Join('|', cells.Select(Shown)));
        }

        return rows;
    }

    private static string Shown(CellValue cell) => cell.Kind switch
    {
        CellKind.Null => "",
        CellKind.Number => FormattableString.Invariant($"{cell.AsNumber:0.######}"),
        CellKind.Date => FormattableString.Invariant($"{cell.AsDate:yyyy-MM-dd}"),
        CellKind.Instant => FormattableString.Invariant($"{cell.AsInstant:yyyy-MM-dd HH:mm:ss.fff}"),
        CellKind.YesNo => cell.AsYesNo ? "yes" : "no",
        _ => cell.AsText,
    };
}
