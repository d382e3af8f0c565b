using CountingKit.Datasets;
using CountingKit.Mirror;
using CountingKit.Tests.Mirror;

namespace CountingKit.Tests.Datasets;

public sealed class ContactCells
{
    private static readonly Dataset Contacts = DatasetCatalogue.Get("contacts");
    private static readonly string? Folder = Environment.GetEnvironmentVariable("COUNTINGKIT_XERO_EXAMPLES");

    public static TheoryData<string> Columns =>
        new(Contacts.Columns.Select(column => column.Key).Where(key => key != "organization"));

    [Theory]
    [MemberData(nameof(Columns))]
    public void Every_column_reads_its_field_of_the_hand_written_contact(string column)
    {
        var cells = new CellValue[1];

        new RecordReader([Contacts.Column(column)]).Read(HandWrittenContact.Json, cells, new bool[1]).Should().BeTrue();

        cells.Should().Equal(HandWrittenContact.Cells[column]);
    }

    [Fact]
    public async Task Through_the_mirror_they_are_the_same()
    {
        var columns = Contacts.Columns.Select(column => column.Key).Where(key => key != "organization").ToList();

        var rows = await Rows([.. "{\"Contacts\":["u8, .. HandWrittenContact.Json, .. "]}"u8], columns);

        rows.Should().ContainSingle().Which.Should().Equal(columns.Select(column => HandWrittenContact.Cells[column]));
    }

    [Fact]
    public async Task Xero_s_published_contacts_are_read_whole()
    {
        if (string.IsNullOrEmpty(Folder)) return; // Read in place where they are at hand.
        string[] columns = ["name", "mainPhone", "postalCity", "streetCity", "receivableOutstanding", "payableOverdue", "discount", "contactId"];

        var listed = await Rows(await File.ReadAllBytesAsync(Path.Combine(Folder, "contacts.list.json")), columns);
        var single = await Rows(await File.ReadAllBytesAsync(Path.Combine(Folder, "contacts.single.json")), columns);

        listed.Concat(single).Select(row => string.Join('|', row.Select(Shown))).Should().Equal(
            "Katherine Warren|(626) 847-1294|Palo Alto||760|360||5cc8cf28-567e-4d43-b287-687cfcaec47c",
            "Lisa Parker|(510) 266-3583|Anchorage|||||3ec601ad-eddc-4ccb-a8ac-736e88293b1b",
            "Acme Parts Co.|1 604 408-0914|Vancouver|Vancouver|118.9|40|13|8138a266-fb42-49b2-a104-014b7045753d");
    }

    private static string Shown(CellValue cell) => cell.Kind switch
    {
        CellKind.Null => "",
        CellKind.Number => FormattableString.Invariant($"{cell.AsNumber:0.##}"),
        _ => cell.AsText,
    };

    private static async Task<List<CellValue[]>> Rows(byte[] answer, IReadOnlyList<string> columns)
    {
        using var mirror = new MirrorUnderTest();
        var source = mirror.Source with { Resource = Contacts.Resource.Name };
        var staged = await mirror.Mirror.Stage(source, [], 1, full: true, Page(answer), CancellationToken.None);
        return await mirror.Rows(new Projection(Contacts.Key, [new(source, "Acme", [staged.Segment!])], columns, [], Contacts.DefaultSort));
    }

    private static async IAsyncEnumerable<SourcePage> Page(byte[] answer)
    {
        var envelope = Envelope.Read(answer, Contacts.Resource.Name, Contacts.Resource.Key);
        await Task.Yield();
        yield return new(1, 1, envelope.Pages?.ItemCount, MirrorUnderTest.SourceTime, envelope.Records);
    }
}
