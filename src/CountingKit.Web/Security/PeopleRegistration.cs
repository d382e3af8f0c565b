using CountingKit.Vault;
using CountingKit.Web.Hosting;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CountingKit.Web.Security;

internal static class PeopleRegistration
{
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
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        }).AddUserStore<UserOnlyStore<MemberLogin, VaultDb, Guid>>();
        services.AddSingleton<SignInOutbox>();
        services.AddScoped<MemberSignIn>();
        services.AddScoped<FirstOwner>();
        services.AddScoped<ApiKeyBySetting>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstStart>());
        services.AddHostedService<OutboxRelay>();
    }
}
