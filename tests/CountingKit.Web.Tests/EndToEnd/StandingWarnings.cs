using System.Text.Json.Nodes;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>What a sheet lacks or holds otherwise than Xero is told as long as it stands there, not only by the run that wrote it.</summary>
public sealed class StandingWarnings(StandingWarnings.Ready ready) : IClassFixture<StandingWarnings.Ready>
{
    private const string Unreadable = "11111111-2222-3333-4444-000000000001";
    private const string Rounded = "11111111-2222-3333-4444-000000000003";
    private const string Day = "/Date(1777852800000+0000)/";

    private Journey Journey => ready.Journey;

    [Fact]
    public async Task A_value_that_can_not_be_read_is_told_by_every_run_until_it_is_mended_in_Xero()
    {
        await ready.Put(Unreadable, "110.00", "soon");

        var first = await Journey.Run(ready.ExporterId);
        var second = await Journey.Run(ready.ExporterId);
        var third = await Journey.Run(ready.ExporterId);
        var toldOnDashboard = await Text("/");
        await ready.Put(Unreadable, "110.00", Day);
        var mended = await Journey.Run(ready.ExporterId);
        var after = await Journey.Run(ready.ExporterId);

        first["status"]!.GetValue<string>().Should().Be("Warnings");
        Codes(first).Should().Equal("CK-XERO-DATA-02");
        await StillTold(first, second, third);
        toldOnDashboard.Should().Contain("Its last run ended with warnings.");
        (mended["status"]!.GetValue<string>(), mended["changed"]!.GetValue<int>()).Should().Be(("Completed", 1));
        (after["status"]!.GetValue<string>(), Codes(after).Count()).Should().Be(("NoChanges", 0));
        (await Text("/")).Should().NotContain("ended with warnings");
    }

    [Fact]
    public async Task Numbers_that_the_sheet_rounds_are_told_by_every_run_until_they_are_shorter()
    {
        await ready.Put(Rounded, "12345678901234.5678", Day);

        var first = await Journey.Run(ready.ExporterId);
        var second = await Journey.Run(ready.ExporterId);
        var third = await Journey.Run(ready.ExporterId);
        await ready.Put(Rounded, "110.00", Day);
        var mended = await Journey.Run(ready.ExporterId);
        var after = await Journey.Run(ready.ExporterId);

        Codes(first).Should().Equal("CK-SHEET-10");
        await StillTold(first, second, third);
        Codes(mended).Should().BeEmpty();
        (after["status"]!.GetValue<string>(), Codes(after).Count()).Should().Be(("NoChanges", 0));
    }

    private async Task StillTold(JsonNode first, params JsonNode[] unchanged)
    {
        foreach (var run in unchanged)
        {
            run["status"]!.GetValue<string>().Should().Be("NoChanges", run.ToJsonString());
            JsonNode.DeepEquals(run["warnings"], first["warnings"]).Should().BeTrue(run.ToJsonString());
        }

        var page = await Text($"/runs/{unchanged[^1]["id"]}");
        page.Should().Contain("Nothing was written.").And.Contain(first["warnings"]![0]!["message"]!.GetValue<string>());
    }

    private static IEnumerable<string> Codes(JsonNode run) =>
        run["warnings"]!.AsArray().Select(warning => warning!["code"]!.GetValue<string>());

    private async Task<string> Text(string address) => (await Journey.Browser.Get(address)).Document.Body!.TextContent;

    /// <summary>An exporter of one invoice, which each test adds another one to.</summary>
    public sealed class Ready : IAsyncLifetime
    {
        private string tenantId = "";

        public Journey Journey { get; private set; } = null!;

        public Guid ExporterId { get; private set; }

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(["--Organizations=1", "--Invoices=0", "--Limits=off"]);
            tenantId = (await Journey.Organizations())[0].TenantId;
            await Put("11111111-2222-3333-4444-000000000002", "110.00", Day);
            ExporterId = await Journey.ToExporter();
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();

        public Task Put(string id, string total, string dueDate) => Journey.Sandbox.Control.Post(
            $"_/xero/organizations/{tenantId}/invoices",
            new
            {
                invoices = new[]
                {
                    JsonNode.Parse($$"""
                        {"InvoiceID":"{{id}}","Type":"ACCREC","Status":"AUTHORISED","InvoiceNumber":"T-{{id[^1]}}","Total":{{total}},
                         "Date":"/Date(1777852800000+0000)/","DueDate":"{{dueDate}}","Contact":{"Name":"Ann"} }
                        """),
                },
            });
    }
}
