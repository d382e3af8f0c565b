using System.Net;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Security;

/// <summary>A delivery network before a proxy of one's own before the portal: everybody has an address of their own all the same.</summary>
public sealed class ProxiesInARow(ProxiesInARow.BehindAProxy portal) : IClassFixture<ProxiesInARow.BehindAProxy>
{
    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("203.0.113.7, 10.0.0.9")]
    [InlineData("203.0.113.7, 10.0.0.8, 10.0.0.9")]
    [InlineData("1.2.3.4, 203.0.113.7, 10.0.0.9")]
    [InlineData("10.0.0.7, 203.0.113.7, 10.0.0.9")]
    public async Task The_last_address_that_is_no_trusted_proxys_is_the_browsers(string forwardedFor)
    {
        var (memberId, email) = await portal.Joined(Role.Owner);
        var browser = portal.Stranger();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        var page = await browser.Get("/sign-in");

        var answer = await browser.Submit(page.Form(), ("Email", email), ("Password", PortalFactory.Password));

        answer.Location.Should().Be("/");
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        (await vault.Sessions.SingleAsync(s => s.MemberId == memberId)).Address.Should().Be("203.0.113.7");
    }

    /// <summary>Every request comes from 10.0.0.1: the test's own server knows no addresses.</summary>
    public sealed class BehindAProxy : PortalFactory
    {
        public BehindAProxy() => Settings["Portal:TrustedProxies"] = "10.0.0.0/8";

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, FromTheProxy>());
        }
    }

    private sealed class FromTheProxy : IStartupFilter
    {
        private static readonly IPAddress Proxy = IPAddress.Parse("10.0.0.1");

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, more) =>
            {
                context.Connection.RemoteIpAddress = Proxy;
                return more(context);
            });
            next(app);
        };
    }
}
