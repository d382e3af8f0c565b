using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Account;

/// <summary>How long an answer takes must not tell who has an account: whoever is asked for, the vault is asked for the same.</summary>
public sealed class WorkOfASignIn : IAsyncLifetime
{
    private const string Network = "203.0.113.7";

    private readonly WatchedPortal portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_wrong_password_is_the_same_work_whether_there_is_such_an_account_or_not()
    {
        // What is swept once a minute is swept now, and the network is known to both.
        await Fail("first@example.com");

        for (var failure = 0; failure < 3; failure++)
        {
            var known = await Fail(PortalFactory.OwnerEmail);
            var unknown = await Fail("nobody@example.com");

            unknown.Should().Equal(known);
            known.Should().Contain(text => text.Contains("INSERT", StringComparison.Ordinal) && text.Contains("Outbox", StringComparison.Ordinal))
                .And.Contain(text => text.Contains("INSERT", StringComparison.Ordinal) && text.Contains("Access", StringComparison.Ordinal));
        }
    }

    /// <returns>The commands that the vault was given meanwhile, in order.</returns>
    private async Task<IReadOnlyList<string>> Fail(string email)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var seen = portal.Watch.Begin();

        var answer = await scope.ServiceProvider.GetRequiredService<MemberSignIn>().Check(
            new SignInAttempt(email, "not the password", Network, Guid.CreateVersion7(), Network), default);

        answer.Should().Be(new SignInAnswer(null));
        return [.. seen];
    }

    private sealed class WatchedPortal : PortalFactory
    {
        public WatchedVault Watch { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                var vault = services.Last(s => s.ServiceType == typeof(IDbContextFactory<VaultDb>)).ImplementationFactory!;
                services.AddSingleton<IDbContextFactory<VaultDb>>(
                    provider => new WatchedVaults((IDbContextFactory<VaultDb>)vault(provider), Watch));
            });
        }
    }
}
