using System.Globalization;
using System.Text;
using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Audit;

public sealed class AuditFiles(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    public async Task A_name_that_looks_like_a_formula_is_text(string name)
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme], new OrganizationReconnected(
            acme, Guid.CreateVersion7(), name, Guid.CreateVersion7(), [], Guid.CreateVersion7()));

        var row = (await Rows($"target={acme}&type=organization-reconnected")).Single();

        row["Target"].Should().Be($"'{name}");
    }

    [Fact]
    public async Task It_begins_with_the_mark_of_utf_8_and_times_are_utc()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme], new ConnectionLabeled(acme, "Äpfel & Öl", null, []));
        var owner = await portal.Owner();

        using var answer = await owner.Http.GetAsync($"/audit/csv?target={acme}");

        (await answer.Content.ReadAsByteArrayAsync()).Take(3).Should().Equal(0xEF, 0xBB, 0xBF);
        answer.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.Should().MatchRegex(@"^audit-\d{4}-\d\d-\d\d\.csv$");
        var row = (await Rows($"target={acme}&type=connection-labeled")).Single();
        row["Time (UTC)"].Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        row["After"].Should().Contain("connectionId").And.Contain(acme.ToString());
    }

    [Fact]
    public async Task It_holds_all_that_the_filter_finds_in_the_page_s_order()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme],
            [.. Enumerable.Range(1, 450).Select(n => new ConnectionLabeled(acme, $"Name {n}", null, []))]);

        var rows = await Rows($"target={acme}&type=connection-labeled");

        rows.Select(r => r["Revision"]).Should().HaveCount(450).And.OnlyHaveUniqueItems();
        rows.Select(r => long.Parse(r["Revision"], CultureInfo.InvariantCulture)).Should().BeInDescendingOrder();
        rows[0]["Before"].Should().Contain("Name 449");
    }

    [Fact]
    public async Task It_tells_a_change_as_the_page_does_and_names_what_the_reader_may_know()
    {
        var (story, acme, id) = (await Story.Of(portal), Guid.CreateVersion7(), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme], new OrganizationConnected(acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));
        var before = Story.Invoices(Guid.CreateVersion7(), "Sales");
        await story.Click($"exporter-{id:N}", [acme], new ExporterCreated(id, 1, before, "sheet"));
        await story.Click(
            $"exporter-{id:N}", [acme], new ExporterChanged(id, 2, before with { ConnectionIds = [.. before.ConnectionIds, acme] }, "sheet"));

        var rows = await Rows($"target={id}");
        var page = await (await portal.Owner()).Get($"/audit?target={id}");

        rows.Select(row => row["Changes"]).Should().Equal("Organizations: added “Acme Ltd”", "");
        page.Document.QuerySelector(".audit-changes")!.TextContent.Trim().Should().Be(rows[0]["Changes"]);
        rows[0]["Before"].Should().NotContain(acme.ToString(), "what it was before is there in full");
        rows[0]["After"].Should().Contain(acme.ToString());
    }

    [Fact]
    public async Task The_network_address_of_the_command_comes_from_the_vault()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        var click = await story.Click($"connection-{acme:N}", [acme], new ConnectionPaused(acme));
        await using (var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync())
        {
            vault.Access.Add(new AccessRow { CommandId = click, MemberId = story.Owner, Address = "192.0.2.7", At = DateTime.UnixEpoch });
            await vault.SaveChangesAsync();
        }

        (await Rows($"target={acme}&type=connection-paused")).Single()["Network address"].Should().Be("192.0.2.7");
        (await (await portal.Owner()).Get($"/audit?target={acme}")).ById("audit-list").TextContent.Should().Contain("192.0.2.7");
    }

    private async Task<IReadOnlyList<IDictionary<string, string>>> Rows(string query)
    {
        var owner = await portal.Owner();
        using var text = new StreamReader(await owner.Http.GetStreamAsync($"/audit/csv?{query}"), Encoding.UTF8);
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        var rows = new List<IDictionary<string, string>>();
        await foreach (var record in csv.GetRecordsAsync<dynamic>())
            rows.Add(((IDictionary<string, object>)record).ToDictionary(cell => cell.Key, cell => (string)cell.Value));
        return rows;
    }
}
