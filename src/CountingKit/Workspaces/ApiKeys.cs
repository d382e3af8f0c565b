using System.Security.Cryptography;
using System.Text;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>API keys are kept as hashes only.</summary>
public static class ApiKeys
{
    /// <summary>SHA-256 in hex.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>The one key that a setting gives (<c>Portal__ApiKey</c>): the first owner's, for automation.</summary>
public sealed class ApiKeyBySetting(VaultDb vault, FirstOwner owner, TimeProvider time)
{
    private const string Name = "Portal__ApiKey";

    /// <summary>Makes the vault know this key and no earlier one of the setting. Without an owner it waits for one.</summary>
    /// <param name="key">Null = the setting is not given.</param>
    public async Task Apply(string? key, CancellationToken ct)
    {
        if (await owner.Find(ct) is not var (memberId, workspaceId)) return;
        var hash = key is null ? null : ApiKeys.HashOf(key);
        await vault.ApiKeys.Where(k => k.Name == Name && k.Hash != hash).ExecuteDeleteAsync(ct);
        if (hash is null || await vault.ApiKeys.AnyAsync(k => k.Hash == hash, ct)) return;
        vault.ApiKeys.Add(new ApiKeyRow
        {
            Id = Guid.CreateVersion7(),
            Hash = hash,
            Name = Name,
            MemberId = memberId,
            WorkspaceId = workspaceId,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        });
        try
        {
            await vault.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Another portal started at the same moment and kept the same key.
            vault.ChangeTracker.Clear();
            if (!await vault.ApiKeys.AnyAsync(k => k.Hash == hash, ct)) throw;
        }
    }
}
