using System.Net;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Account;

/// <summary>As long as there is no owner.</summary>
public sealed class SettingUp(SettingUp.Ownerless portal) : IClassFixture<SettingUp.Ownerless>
{
    [Fact]
    public async Task Before_there_is_an_owner_the_sign_in_leads_to_the_set_up()
    {
        var page = await portal.Stranger().Get("/sign-in");

        page.Location.Should().Be("/setup");
    }

    [Fact]
    public async Task Another_code_is_refused_at_its_field()
    {
        var browser = portal.Stranger();
        await portal.Code();
        var page = await browser.Get("/setup");

        var answer = await browser.Submit(page.Form(), Ownerless.Filled(OwnerCode.New()));

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.ById("problem-code").TextContent.Should().Contain("not the code on the console");
    }

    [Theory]
    [InlineData("Workspace")]
    [InlineData("Name")]
    public async Task A_name_that_shows_nothing_is_refused_at_its_field(string field)
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/setup");

        var answer = await browser.Submit(
            page.Form(), [.. Ownerless.Filled(await portal.Code()).Where(f => f.Name != field), (field, "\u202E\u200B")]);

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.ById($"problem-{field.ToLowerInvariant()}").TextContent.Should().Contain("visible character");
    }

    [Theory]
    [InlineData("short", "at least 12 characters")]
    [InlineData("acme2026acme2026", "made of common words")]
    public async Task A_password_that_is_easy_to_guess_comes_back_with_the_reason_and_without_itself(string password, string reason)
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/setup");

        var answer = await browser.Submit(
            page.Form(), [.. Ownerless.Filled(await portal.Code()).Where(f => f.Name is not ("Password" or "Again")), ("Password", password), ("Again", password)]);

        page.ById("password-rule").TextContent.Should().Contain("12 characters").And.Contain("A few unrelated words", "the rule is told before it is broken");
        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Document.QuerySelector("[role=alert]")!.TextContent.Should().Contain(reason);
        answer.Text.Should().NotContain($"value=\"{password}\"");
        (await portal.Log()).Select(e => e.Event).Should().AllBeOfType<InstallationCreated>("nobody was made an owner");
    }

    [Fact]
    public async Task The_vault_knows_the_codes_hash_and_not_the_code()
    {
        var code = await portal.Code();
        await using var vault = portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext();

        var kept = await vault.Settings.Select(s => s.Value).ToListAsync();

        kept.Should().Contain(OwnerCode.HashOf(code)).And.NotContain(code);
    }

    public sealed class Ownerless : PortalFactory
    {
        public Ownerless() => (Settings["Portal:OwnerEmail"], Settings["Portal:OwnerPassword"]) = (null, null);

        public static (string Name, string? Value)[] Filled(string code, string email = "owner@example.com") =>
        [
            ("Code", code), ("Workspace", "Acme & Sons"), ("Name", "Olivia Owner"), ("Email", email),
            ("Password", Password), ("Again", Password),
        ];

        public async Task<string> Code()
        {
            await using var scope = Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<FirstOwner>().NewCode(default);
        }
    }
}

/// <summary>What makes an owner; on a portal for each test.</summary>
public sealed class BecomingTheOwner : IAsyncLifetime
{
    private readonly SettingUp.Ownerless portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task The_code_makes_an_owner_who_is_signed_in_and_sees_everything()
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/setup");

        var answer = await browser.Submit(page.Form(), SettingUp.Ownerless.Filled(await portal.Code()));

        answer.Location.Should().Be("/");
        var dashboard = await browser.Get("/");
        dashboard.Document.QuerySelector(".shell-workspace")!.TextContent.Should().Be("Acme & Sons");
        (await portal.Log()).Select(r => r.Event).OfType<MemberAdded>().Single()
            .Should().Match<MemberAdded>(m => m.Role == Messaging.Role.Owner && m.Connections == null);
    }

    [Fact]
    public async Task Afterwards_there_is_no_set_up_and_the_code_is_worth_nothing()
    {
        var (first, second) = (portal.Stranger(), portal.Stranger());
        var (page, other) = (await first.Get("/setup"), await second.Get("/setup"));
        var code = await portal.Code();
        await first.Submit(page.Form(), SettingUp.Ownerless.Filled(code));

        var answer = await second.Submit(other.Form(), SettingUp.Ownerless.Filled(code));

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        (await second.Get("/setup")).Status.Should().Be(HttpStatusCode.NotFound);
        (await portal.Log()).Select(r => r.Event).OfType<WorkspaceCreated>().Should().ContainSingle();
    }

    [Fact]
    public async Task Two_at_the_same_moment_make_one_owner()
    {
        var (first, second) = (portal.Stranger(), portal.Stranger());
        var (page, other) = (await first.Get("/setup"), await second.Get("/setup"));
        var code = await portal.Code();

        var answers = await Task.WhenAll(
            first.Submit(page.Form(), SettingUp.Ownerless.Filled(code)),
            second.Submit(other.Form(), SettingUp.Ownerless.Filled(code, "other@example.com")));

        answers.Count(a => a.Location == "/").Should().Be(1);
        (await portal.Log()).Select(r => r.Event).OfType<MemberAdded>().Should().ContainSingle();
    }
}
