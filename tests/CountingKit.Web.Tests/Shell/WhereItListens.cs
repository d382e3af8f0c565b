using CountingKit.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace CountingKit.Web.Tests.Shell;

/// <summary>Addresses that the server would refuse after all else has started, or take for any address of the machine.</summary>
public sealed class WhereItListens
{
    [Theory]
    [InlineData("urls", "http://127.0.0.1:0;ftp://127.0.0.1:0", "Urls must name addresses*")]
    [InlineData("urls", "http://127.0.0.1:99999", "Urls must name addresses*")]
    [InlineData("urls", "http://127.0.0.1:0/books", "Urls must name addresses*")]
    [InlineData("urls", "http://localhost:0", "Urls must name addresses*")]
    [InlineData("urls", "http://books.localhost:0", "Urls must name addresses*")]
    [InlineData("urls", "http://localhost:508O", "Urls must name addresses*")]
    [InlineData("urls", "http://[::1]:508O", "Urls must name addresses*")]
    [InlineData("Kestrel:Endpoints:Web:Protocols", "Http1", "Kestrel__Endpoints must name addresses*")]
    [InlineData("Kestrel:Endpoints:Web:Url", "zz", "Kestrel__Endpoints must name addresses*")]
    [InlineData("HTTP_PORTS", "8080;808O", "HTTP_PORTS must list ports, such as 8080.")]
    [InlineData("HTTPS_PORTS", "99999", "HTTPS_PORTS must list ports, such as 8080.")]
    public void Others_are_refused_before_anything_starts(string setting, string value, string told)
    {
        var check = () => ListenAddresses.Check(Configured((setting, value)));

        check.Should().Throw<SettingException>().WithMessage(told);
    }

    [Theory]
    [InlineData("urls", "http://localhost:5080")]
    [InlineData("urls", "http://127.0.0.1:0; http://[::1]:5080/")]
    [InlineData("urls", "http://*:80;https://+;http://0.0.0.0:8080")]
    [InlineData("urls", "http://unix:/run/portal.sock")]
    [InlineData("Kestrel:Endpoints:Web:Url", "https://books.example.com:8443")]
    [InlineData("HTTP_PORTS", "8080;8081")]
    public void What_the_server_takes_is_taken(string setting, string value)
    {
        var check = () => ListenAddresses.Check(Configured((setting, value)));

        check.Should().NotThrow();
    }

    [Fact]
    public void Endpoints_count_for_more_than_addresses_and_those_for_more_than_ports()
    {
        var all = Configured(
            ("HTTPS_PORTS", "8443"), ("urls", "http://localhost:5080"), ("Kestrel:Endpoints:Web:Url", "http://localhost:5081"));
        var (setting, addresses) = ListenAddresses.Of(all);

        (setting, addresses.Single()).Should().Be(("Kestrel__Endpoints", "http://localhost:5081"));
        ListenAddresses.Of(Configured(("HTTPS_PORTS", "8443"), ("urls", "http://localhost:5080"))).Setting.Should().Be("Urls");
        ListenAddresses.Of(Configured()).Addresses.Should().BeEmpty();
    }

    private static IConfigurationRoot Configured(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
