using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.Testing;
using Microsoft.Extensions.Options;

namespace CountingKit.Tests.Xero;

public sealed class XeroOptionsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Xero:ClientSecret", "", "Xero__ClientSecret")]
    [InlineData("Xero:ClientId", "", "Xero__ClientId")]
    [InlineData("Xero:Tier", "Golden", "Xero__Tier")]
    [InlineData("Xero:Scopes", "openid offline_access accounting.transactions", "Xero__Scopes")]
    [InlineData("Xero:Scopes", "openid accounting.invoices.read", "Xero__Scopes")]
    [InlineData("Xero:ApiUrl", "http://api.xero.com", "Xero__ApiUrl")]
    [InlineData("Xero:IdentityUrl", "nonsense", "Xero__IdentityUrl")]
    [InlineData("Xero:AuthorizeUrl", "ftp://localhost/", "Xero__AuthorizeUrl")]
    public async Task A_wrong_setting_is_named_in_one_line(string key, string value, string named)
    {
        await using var house = House(settings => settings[key] = value);

        var start = () => house.Get<IStartupValidator>().Validate();

        start.Should().Throw<OptionsValidationException>().Which.Message.Should().StartWith(named).And.NotContain("\n");
    }

    [Fact]
    public async Task Without_an_app_the_start_goes_well_and_signing_in_is_explained()
    {
        await using var house = House(settings =>
        {
            settings.Remove("Xero:ClientId");
            settings.Remove("Xero:ClientSecret");
        });

        house.Get<IStartupValidator>().Validate();

        house.SignIn.Missing.Should().Be(XeroCodes.NotConfigured);
    }

    [Fact]
    public async Task Plain_http_to_this_machine_is_allowed()
    {
        await using var house = House(settings => settings["Xero:ApiUrl"] = "http://localhost:9/");

        house.Get<IStartupValidator>().Validate();

        house.SignIn.Missing.Should().BeNull();
    }

    [Fact]
    public void By_default_only_reading_is_asked_for()
    {
        var options = new XeroOptions();

        new XeroOptionsCheck().Validate(null, options).Succeeded.Should().BeTrue();
        options.ScopeList.Where(s => s.Contains('.')).Should().HaveCount(14).And.OnlyContain(s => s.EndsWith(".read"));
        options.DayLimit.Should().Be(1_000);
    }

    [Fact]
    public void Codes_are_unique_and_each_tells_what_to_do()
    {
        XeroCodes.All.Select(c => c.Code).Should().OnlyHaveUniqueItems().And.Contain("CK-XERO-AUTH-02");
        XeroCodes.All.Should().OnlyContain(c => c.Advice.EndsWith('.') && !c.Title.EndsWith('.'));
        typeof(XeroCodes).GetFields().Select(f => f.GetValue(null)).Should().BeEquivalentTo(XeroCodes.All);
    }

    private XeroHouse House(Action<Dictionary<string, string?>> settings) =>
        new(new Uri("http://127.0.0.1:9/"), folder, settings: settings);
}
