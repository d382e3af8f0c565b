using System.Net;
using CountingKit.EventSourcing;
using CountingKit.History;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;
using static CountingKit.Web.Tests.History.KeptRuns;

namespace CountingKit.Web.Tests.History;

/// <summary>A run's rows as files.</summary>
public sealed class Downloads(KeptRuns runs) : IClassFixture<KeptRuns>
{
    [Fact]
    public async Task The_form_gives_a_file_with_its_name_and_the_trail_tells_who_took_it()
    {
        var run = await runs.Run(Guid.CreateVersion7(), Exporter(await runs.Organization("Acme: Žlutý/kůň")), [Invoice("=1+1", total: -5)]);
        var viewer = await runs.Portal.Member(Role.Viewer);

        var file = await Download(viewer, $"/runs/{run}/rows", "#download");

        file.Status.Should().Be(HttpStatusCode.OK);
        file.Text.TrimStart('\uFEFF').Should().Be(
            "No.,Status,Currency,Date,Total,Invoice ID\r\n'=1+1,Awaiting Payment,USD,2026-11-01,-5,id-=1+1\r\n");
        var headers = file.Answer.Content.Headers;
        headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
        headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        headers.ContentDisposition.FileNameStar.Should().MatchRegex(@"^Sales - Acme- Žlutý-kůň - \d{4}-\d\d-\d\d \d{4} UTC\.csv$");
        file.Answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        var noted = (await runs.Portal.Log()).Last(e => e.Event is RowsDownloaded { RunId: var id } && id == run);
        noted.Event.Should().BeEquivalentTo(new RowsDownloaded(run, FileFormat.Csv), o => o.Excluding(e => e.RunIds));
        Actor.MemberOf(noted.Metadata.Actor).Should().NotBeNull();
        (await (await runs.Portal.Owner()).Get($"/audit?target={run}")).Text.Should().Contain("Downloaded rows of the run (CSV)");
    }

    [Theory]
    [InlineData("Csv", "text/csv")]
    [InlineData("Xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("Parquet", "application/vnd.apache.parquet")]
    public async Task Each_form_is_of_its_media_type_and_each_handing_out_is_noted(string format, string type)
    {
        var run = await runs.Run(Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")), [Invoice("INV-1")]);
        var owner = await runs.Portal.Owner();

        for (var i = 0; i < 2; i++)
            (await Download(owner, $"/runs/{run}/rows", "#download", ("Format", format))).Answer.Content.Headers.ContentType!.MediaType
                .Should().Be(type);

        (await runs.Portal.Log()).Count(e => e.Event is RowsDownloaded { RunId: var id } && id == run).Should().Be(2);
    }

    [Fact]
    public async Task CSV_can_be_had_without_the_mark_and_as_it_is()
    {
        var run = await runs.Run(Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")), [Invoice("=1+1")]);

        var file = await Download(await runs.Portal.Owner(), $"/runs/{run}/rows", "#download", ("NoMark", "true"), ("AsIs", "true"));

        (await file.Answer.Content.ReadAsByteArrayAsync()).Should().StartWith("No.,"u8.ToArray());
        file.Text.Should().Contain("\r\n=1+1,");
    }

    [Fact]
    public async Task A_comparison_is_every_row_that_differs_before_and_after()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        var before = await runs.Run(exporter, configuration, [Invoice("INV-1"), Invoice("INV-2"), Invoice("INV-3")]);
        var run = await runs.Run(exporter, configuration, [Invoice("INV-1"), Invoice("INV-2", "PAID", total: 7), Invoice("INV-4")]);

        var file = await Download(await runs.Portal.Owner(), $"/runs/{run}/compare", "form[data-file]");

        file.Text.TrimStart('\uFEFF').Should().Be(
            "Change,No. (before),No. (after),Status (before),Status (after),Currency (before),Currency (after),Date (before),Date (after),"
            + "Total (before),Total (after),Invoice ID\r\n"
            + "Changed,INV-2,INV-2,Awaiting Payment,Paid,USD,USD,2026-11-01,2026-11-01,100,7,id-INV-2\r\n"
            + "Added,,INV-4,,Awaiting Payment,,USD,,2026-11-01,,100,id-INV-4\r\n"
            + "Removed,INV-3,,Awaiting Payment,,USD,,2026-11-01,,100,,id-INV-3\r\n");
        file.Answer.Content.Headers.ContentDisposition!.FileNameStar.Should().Contain(" - changes ");
        (await runs.Portal.Logged<RowsDownloaded>(e => e.RunId == run)).ComparedWith.Should().Be(before);
    }

    [Fact]
    public async Task What_Excel_cannot_hold_is_refused_before_anything_is_handed_out()
    {
        var run = await runs.Run(
            Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")), [Invoice("INV-1"), Invoice(new string('x', 40_000))]);
        var owner = await runs.Portal.Owner();

        var refused = await Download(owner, $"/runs/{run}/rows", "#download", ("Format", "Xlsx"));

        refused.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        refused.Text.Should().Contain("CK-HISTORY-04").And.Contain("row 2 of the column Invoice ID has 40,003");
        (await Download(owner, $"/runs/{run}/rows", "#download")).Text.Should().Contain(new string('x', 40_000));
        (await runs.Portal.Log()).Select(e => e.Event).OfType<RowsDownloaded>().Where(e => e.RunId == run)
            .Should().OnlyContain(e => e.Format == FileFormat.Csv);
    }

    [Fact]
    public async Task Damaged_or_thinned_rows_are_refused_before_anything_is_handed_out()
    {
        var connection = await runs.Organization("Acme");
        var (damaged, thinned) = (
            await runs.Run(Guid.CreateVersion7(), Exporter(connection), Enumerable.Range(0, 5000).Select(i => Invoice($"D-{i}"))),
            await runs.Run(Guid.CreateVersion7(), Exporter(connection), [Invoice("T-1")]));
        var owner = await runs.Portal.Owner();
        var (first, second) = (await owner.Get($"/runs/{damaged}/rows"), await owner.Get($"/runs/{thinned}/rows"));
        var path = runs.FileOf(connection, first.Document.QuerySelector("code.hash")!.TextContent);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        await runs.Thin(thinned);

        var (broken, gone) = (await owner.Submit(first.Form("#download")), await owner.Submit(second.Form("#download")));

        (broken.Status, broken.Text.Contains("CK-MIRROR-01")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        (gone.Status, gone.Text.Contains("CK-RUN-02")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        (await runs.Portal.Log()).Select(e => e.Event).OfType<RowsDownloaded>()
            .Should().NotContain(e => e.RunId == damaged || e.RunId == thinned);
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Xlsx")]
    [InlineData("Parquet")]
    public async Task A_failure_in_the_middle_breaks_the_answer(string format)
    {
        var owner = await runs.Portal.Owner();

        using var answer = await owner.Http.GetAsync($"/test/broken/{format}", HttpCompletionOption.ResponseHeadersRead);
        var read = async () => await answer.Content.ReadAsByteArrayAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        await read.Should().ThrowAsync<Exception>("no program takes the part for the whole");
    }

    [Fact]
    public async Task Who_may_not_see_one_of_the_runs_gets_nothing_and_nothing_is_noted()
    {
        var (seen, hidden) = (await runs.Organization("Acme"), await runs.Organization("Beta"));
        var exporter = Guid.CreateVersion7();
        var foreign = await runs.Run(exporter, Exporter(hidden), [Invoice("INV-1")]);
        var run = await runs.Run(exporter, Exporter(seen), [Invoice("INV-1")]);
        var viewer = await runs.Portal.Member(Role.Viewer, [seen]);
        var form = (await viewer.Get($"/runs/{run}/rows")).Form("#download");
        var before = (await runs.Portal.Log()).Count(e => e.Event is RowsDownloaded);

        var compared = await viewer.Submit(form, ("With", $"{foreign}"));
        form.SetAttribute("action", $"/runs/{foreign}/download");
        var own = await viewer.Submit(form);

        (compared.Status, own.Status).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await runs.Portal.Log()).Count(e => e.Event is RowsDownloaded).Should().Be(before);
    }

    private static async Task<Page> Download(Browser browser, string path, string form, params (string Name, string? Value)[] fields) =>
        await browser.Submit((await browser.Get(path)).Form(form), fields);
}
