using CountingKit.Vault;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Hosting;

internal static class KeysCheck
{
    /// <summary>A folder without any key beside a vault that holds sign-ins is the wrong folder, or was not restored.</summary>
    /// <exception cref="SettingException">It is so.</exception>
    public static async Task CheckKeys(this WebApplication app, StorageOptions storage)
    {
        var folder = Path.GetFullPath(storage.Keys, app.Environment.ContentRootPath);
        if (Directory.EnumerateFiles(folder, "key-*.xml").Any()) return;
        await using var vault = await app.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        if (!await vault.XeroGrants.AnyAsync() && !await vault.GoogleCredentials.AnyAsync()) return;
        throw new SettingException("Keys__Path",
            "names a folder without keys, but the vault holds sign-ins that were encrypted with some. Restore that folder; "
            + $"if it is lost for good, run {NewKeysCommand.Name}, then reconnect each organization and Google account.");
    }
}

/// <summary>
/// <c>dotnet CountingKit.Web.dll new-keys</c>: makes a key where there is none, so that the portal starts after its keys
/// were lost. What they encrypted stays unreadable.
/// </summary>
internal static class NewKeysCommand
{
    public const string Name = "new-keys";

    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    public static bool IsAsked(string[] args) => args is [Name, ..];

    /// <returns>0 = done; 1 = it could not be done, said in one line on standard error.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            if (args.Length > 1) throw new FormatException($"Usage: {Name}");
            var builder = WebApplication.CreateBuilder();
            builder.AddSandboxData();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(TimeProvider.System);
            builder.AddStorage(PortalSettings.Read(builder.Configuration).Storage);
            await using var app = builder.Build();
            var now = TimeProvider.System.GetUtcNow();
            app.Services.GetRequiredService<IKeyManager>().CreateNewKey(now, now + Life);
            Console.Out.WriteLine("A new key is made. Sign-ins that earlier keys encrypted have to be reconnected.");
            return 0;
        }
        catch (Exception failed) when (failed is SettingException or FormatException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return 1;
        }
    }
}
