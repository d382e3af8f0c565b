using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>Xero's own SDK (npm <c>xero-node</c>) as the judge of the stand-in.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroNodeSdk(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    [Fact]
    public async Task It_signs_in_refreshes_pages_through_and_is_refused()
    {
        var seen = await NodeScript.Run("xero.mjs", books.Sandbox.Xero.ToString());

        string Text(string name) => seen[name]!.ToString();
        (Text("person"), Text("organization"), Text("baseCurrency")).Should().Be(
            ("mary.advisor@example.com", "Harbor & Finch Ltd", "GBP"));
        (Text("invoices"), Text("distinct"), Text("changedAfterTomorrow")).Should().Be(("1200", "1200", "0"));
        seen["references"]!.AsArray().Select(text => text!.GetValue<string>())
            .Should().Contain(["0090", "=1+1", "+44 20 7946 0000", "<b>bold</b>", "@SUM(A1)"]);
        (Text("unknownTenant"), Text("missingScope"), Text("write"), Text("badFilter"), Text("disconnected"))
            .Should().Be(("403", "401", "405", "400", "403"));
        (Text("left"), Text("revoked")).Should().Be(("0", "400"));
        (await books.Sandbox.Control.Journal()).Count(line => line.Write).Should().Be(1, "one write was tried");
    }
}
