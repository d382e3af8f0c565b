using System.Net;
using System.Text.Json;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Security;

public sealed class ApiKeysOnTheApi(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task The_key_of_the_setting_is_an_owners()
    {
        using var api = portal.Api();

        (await api.GetAsync("/api/test/fine")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_key_opens_nothing()
    {
        using var api = portal.Api("ck_another-key-0123456789012");

        (await api.GetAsync("/api/test/fine")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_signed_in_browser_does_not_open_the_api()
    {
        var owner = await portal.Owner();

        (await owner.Get("/api/test/fine")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_does_not_open_pages()
    {
        using var api = portal.Api();

        (await api.GetAsync("/test/fine")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_vault_knows_the_hash_and_not_the_key()
    {
        await using var vault = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();

        var kept = await vault.ApiKeys.SingleAsync();

        kept.Hash.Should().Be(ApiKeys.HashOf(PortalFactory.ApiKey));
        JsonSerializer.Serialize(kept).Should().NotContain(PortalFactory.ApiKey);
    }
}
