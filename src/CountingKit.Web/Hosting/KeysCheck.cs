using CountingKit.Vault;
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
