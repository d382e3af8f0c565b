using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Connections;

public sealed class TwinOrganizations(XeroPortal xero) : IClassFixture<XeroPortal>
{
    [Fact]
    public async Task Two_of_one_name_can_be_told_apart_wherever_they_are_chosen()
    {
        var owner = await xero.Portal.Owner();
        var (one, two) = (
            await xero.Connected(owner, xero.Organizations[0].Id), await xero.Connected(owner, xero.Organizations[1].Id));
        await Label(owner, one, "T-1");
        await Label(owner, two, "T-2");

        var list = (await owner.Get("/connections")).ById("connection-list").TextContent;
        var choices = (await owner.Get("/exporters/new")).Document.QuerySelectorAll("option")
            .Select(option => option.TextContent.Trim());
        var disconnect = await owner.Get($"{one}/disconnect");

        list.Should().Contain("Twin (T-1)").And.Contain("Twin (T-2)");
        choices.Should().Contain("Twin (T-1)").And.Contain("Twin (T-2)");
        disconnect.ById("which-organization").TextContent.Should().Contain("Twin (T-1)");
        (await owner.Get(two)).Text.Should().Contain("Twin (T-2)");
    }

    private static async Task Label(Browser owner, string address, string code) => await owner.Submit(
        (await owner.Get(address)).Form("form[action$='/labels']"), ("alias", "Twin"), ("clientCode", code), ("tags", ""));
}
