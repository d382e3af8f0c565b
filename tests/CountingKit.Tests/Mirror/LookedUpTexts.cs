using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>Texts that stand in records of another list of the same organization.</summary>
public sealed class LookedUpTexts
{
    [Fact]
    public async Task An_account_is_found_by_its_id_else_by_its_code_and_what_is_nowhere_is_blank()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"a","AccountID":"AC-1","AccountCode":"999"},{"LineItemID":"b","AccountCode":"0090"}"""),
            Document(2, """{"LineItemID":"c","AccountID":"gone","AccountCode":"200"},{"LineItemID":"d","AccountCode":"404"},{"LineItemID":"e"}"""));
        var accounts = await Accounts(mirror,
            """{"AccountID":"ac-1","Code":"200","Name":"Sales"}""", """{"AccountID":"ac-2","Code":"0090","Name":"=Training"}""");

        (await Names(mirror, accounts)).Should().Equal("a Sales", "b =Training", "c Sales", "d ", "e ");
    }

    [Fact]
    public async Task The_account_is_called_as_it_was_when_these_segments_were_read()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Document(1, """{"LineItemID":"a","AccountCode":"200"}"""));
        var before = await Accounts(mirror, """{"AccountID":"ac-1","Code":"200","Name":"Sales"}""");
        var renamed = await Accounts(mirror, """{"AccountID":"ac-1","Code":"200","Name":"Revenue"}""", before);

        (await Names(mirror, before)).Should().Equal("a Sales");
        (await Names(mirror, [.. before, .. renamed])).Should().Equal("a Revenue");
        (await Names(mirror, [])).Should().Equal(["a "], "nothing of them was read");
    }

    [Fact]
    public async Task Rows_are_sorted_by_them_and_two_accounts_of_one_code_double_no_row()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"a","AccountCode":"1"}"""), Document(2, """{"LineItemID":"b","AccountCode":"2"}"""));
        var accounts = await Accounts(mirror,
            """{"AccountID":"x","Code":"1","Name":"Zebra"}""", """{"AccountID":"y","Code":"2","Name":"Yak","Status":"ACTIVE"}""",
            """{"AccountID":"z","Code":"2","Name":"Ant","Status":"DELETED"}""");

        (await Names(mirror, accounts, [new("accountName")])).Should().Equal(["b Yak", "a Zebra"], "the active account has the code now");
    }

    private static string Document(int number, string lines) => Invoice(number, more: $",\"LineItems\":[{lines}]");

    private static async Task<IReadOnlyList<Segment>> Accounts(MirrorUnderTest mirror, params string[] records) =>
        await Accounts(mirror, string.Join(",", records), []);

    /// <param name="known">Segments that are there; the new one comes behind them.</param>
    private static async Task<IReadOnlyList<Segment>> Accounts(
        MirrorUnderTest mirror, string records, IReadOnlyList<Segment> known)
    {
        var source = mirror.Source with { Resource = "Accounts" };
        var staged = await mirror.Mirror.Stage(source, known, known.Count + 1, true, Pages([records], "Accounts"), default);
        return [staged.Segment!];
    }

    private static async Task<List<string>> Names(
        MirrorUnderTest mirror, IReadOnlyList<Segment> accounts, IReadOnlyList<SortBy>? sort = null)
    {
        var lookups = new Dictionary<string, IReadOnlyList<Segment>> { ["Accounts"] = accounts };
        var rows = await mirror.Rows(new Projection(
            "invoiceLines", [new(mirror.Source, "Acme", mirror.Segments, lookups)], ["lineId", "accountName"], [], sort ?? []));
        return [.. rows.Select(row => $"{row[0].AsText} {(row[1].IsNull ? "" : row[1].AsText)}")];
    }
}
