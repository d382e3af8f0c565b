using CountingKit.Vault;
using CountingKit.Web.Hosting;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CountingKit.Web.Security;

internal static class PeopleRegistration
{
    /// <summary>Of PBKDF2 with HMAC-SHA512.</summary>
    private const int PasswordIterations = 210_000;

    /// <summary>Members' credentials with ASP.NET Core Identity, and how the first owner comes to be.</summary>
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<MemberLogin>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
            // Length is what makes a password hard to guess; signs and digits make it hard to remember.
            identity.Password.RequiredLength = OwnerCredentials.PasswordLength;
            identity.Password.RequiredUniqueChars = 5;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
        }).AddUserStore<UserOnlyStore<MemberLogin, VaultDb, Guid>>();
        // What was hashed with fewer is hashed anew at the next sign-in.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordIterations);
        services.AddSingleton<Attempts>();
        services.AddSingleton<PasswordTurns>();
        services.AddSingleton<LiveSessions>();
        services.AddScoped<MemberSessions>();
        services.AddScoped<OwnerRestoration>();
        services.AddSingleton<SignInOutbox>();
        services.AddScoped<MemberSignIn>();
        services.AddScoped<FirstOwner>();
        services.AddScoped<ApiKeyBySetting>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstStart>());
        services.AddHostedService<OutboxRelay>();
    }
}
