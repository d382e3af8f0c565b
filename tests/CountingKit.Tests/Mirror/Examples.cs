using System.Globalization;
using System.Text;
using System.Text.Json;
using CountingKit.Datasets;
using CountingKit.Mirror;
using Xunit.Abstractions;

namespace CountingKit.Tests.Mirror;

/// <summary>
/// Xero's published answers of Invoices, read in place from the folder that COUNTINGKIT_XERO_EXAMPLES names; without it,
/// the hand-written invoice in an answer of our own goes the same way.
/// </summary>
public sealed class Examples(ITestOutputHelper output)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("COUNTINGKIT_XERO_EXAMPLES");

    public static TheoryData<string> Files => new(
        string.IsNullOrEmpty(Folder) ? ["hand-written"] : ["hand-written", "invoices.list.json", "invoices.single.json"]);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_leaf_is_in_the_stored_record_byte_for_byte(string file)
    {
        var answer = Answer(file);
        using var mirror = new MirrorUnderTest();
        var segment = (await Stage(mirror, answer)).Segment!;
        mirror.Segments.Add(segment);
        var stored = CountingKit.Adapters.Mirror.SegmentReader.Read(mirror.Files("segment").Single())
            .Select(version => version.Json.ToArray()).ToList();

        using var document = JsonDocument.Parse(answer);
        var records = document.RootElement.GetProperty("Invoices").EnumerateArray().ToList();

        stored.Should().HaveSameCount(records);
        foreach (var (bytes, record) in stored.Zip(records))
        {
            Encoding.UTF8.GetString(bytes).Should().Be(record.GetRawText());
            using var read = JsonDocument.Parse(bytes);
            Leaves(read.RootElement, "").Should().Equal(Leaves(record, "")).And.HaveCountGreaterThan(20);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_exported_cell_equals_the_value_written_here_by_hand(string file)
    {
        using var mirror = new MirrorUnderTest();
        mirror.Segments.Add((await Stage(mirror, Answer(file))).Segment!);
        var expected = file == "hand-written" ? [Datasets.HandWrittenInvoice.Cells] : PublishedInvoices.Of(file);
        var columns = DatasetCatalogue.Get("invoices").Columns.Select(column => column.Key).Where(key => key != "organization").ToList();

        var rows = await mirror.Rows(mirror.Projection([.. columns]) with { Sort = [new("invoiceNumber")] });

        rows.Should().HaveSameCount(expected);
        foreach (var (row, cells) in rows.Zip(expected))
            foreach (var (column, cell) in columns.Zip(row))
                cell.Should().Be(cells.GetValueOrDefault(column), "that stands in {0} of {1}", column, file);
    }

    private static Task<StagedSync> Stage(MirrorUnderTest mirror, byte[] answer) =>
        mirror.Mirror.Stage(mirror.Source, [], 1, true, Page(answer), CancellationToken.None);

    private static async IAsyncEnumerable<SourcePage> Page(byte[] answer)
    {
        var envelope = Envelope.Read(answer, "Invoices", "InvoiceID");
        await Task.Yield();
        yield return new(1, 1, envelope.Pages?.ItemCount, envelope.SourceTime!.Value, envelope.Records);
    }

    private byte[] Answer(string file)
    {
        output.WriteLine(string.IsNullOrEmpty(Folder)
            ? "COUNTINGKIT_XERO_EXAMPLES is not set: the hand-written invoice stands for Xero's published examples."
            : $"With Xero's published examples: {file}.");
        return file == "hand-written"
            ? [.. "{\"DateTimeUTC\":\"\\/Date(1552326816230)\\/\",\"Invoices\":["u8, .. Datasets.HandWrittenInvoice.Json, .. "]}"u8]
            : File.ReadAllBytes(Path.Combine(Folder!, file));
    }

    internal static IEnumerable<string> Leaves(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Leaves(p.Value, $"{path}.{p.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((e, i) =>
            Leaves(e, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"))),
        _ => [$"{path} = {json.GetRawText()}"],
    };
}
