using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>Xero's own SDK reads every list and report of the stand-in.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroNodeSdkBooks(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Fact]
    public async Task It_reads_every_list_and_every_report()
    {
        await books.Sandbox.Control.Post("_/xero/settings", new { premium = true });
        await books.Sandbox.Control.Post("_/xero/limits", new { on = false });
        var now = await books.Sandbox.Control.Now();
        var first = new DateOnly(now.Year, now.Month, 1).AddMonths(-1);

        var seen = await NodeScript.Run("xero-books.mjs", books.Sandbox.Xero.ToString(), $"{first:yyyy-MM-dd}",
            $"{first.AddMonths(1).AddDays(-1):yyyy-MM-dd}");

        seen["counts"]!.AsObject().Should().HaveCount(19);
        seen["counts"]!.AsObject().Select(count => count.Value!.GetValue<int>()).Should().OnlyContain(count => count > 1);
        seen["counts"]!["quotes"]!.GetValue<int>().Should().BeGreaterThan(100);
        seen["counts"]!["journals"]!.GetValue<int>().Should().BeGreaterThan(1500);
        seen["withLines"]!.AsArray().Should().HaveCount(6);
        (Text("journalLines"), Text("allocated"), Text("batch"), Text("budgetMonths"), Text("unbalanced"), Text("oldest"))
            .Should().Be(("true", "true", "PAYBATCH", "3", "0", "1969"));
        Numbers("columns").Should().Equal(4, 4, 5, 5, 4, 5);
        Numbers("rows").Should().OnlyContain(rows => rows > 4);
        seen["titles"]!.AsObject().Select(title => title.Value!.ToString()).Should().OnlyContain(title => title.Length > 0);

        string Text(string name) => seen[name]!.ToJsonString().Trim('"');
        IEnumerable<int> Numbers(string name) => ((JsonObject)seen[name]!).Select(each => each.Value!.GetValue<int>());
    }
}
