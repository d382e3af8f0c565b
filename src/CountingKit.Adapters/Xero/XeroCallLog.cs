using CountingKit.Messaging;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.Adapters.Xero;

/// <summary>Every call to Xero, in the vault: what was asked and what it cost, never what was said.</summary>
internal sealed class XeroCallLog(IDbContextFactory<VaultDb> vault, TimeProvider time, ILogger<XeroCallLog> log)
{
    private const string Vendor = "xero";
    private const int LongestPath = 300;

    /// <summary>Not to be canceled: the call was made. Never fails: the answer counts for more than its line.</summary>
    public async Task Write(
        XeroCall call, DateTimeOffset at, string method, string path, int status, TimeSpan took, long bytes)
    {
        try
        {
            await using var db = await vault.CreateDbContextAsync(CancellationToken.None);
            db.Calls.Add(new CallRow
            {
                At = at.UtcDateTime,
                Vendor = Vendor,
                TenantId = call.TenantId,
                RunId = call.RunId,
                Method = method,
                Path = PlainText.Cut(path, LongestPath),
                Status = status,
                Milliseconds = (int)took.TotalMilliseconds,
                Bytes = bytes,
            });
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception failed)
        {
            log.LogWarning(failed, "The call {Method} {Path} to Xero could not be written down", method, path);
        }
    }

    /// <summary>Since midnight UTC.</summary>
    public async Task<int> CallsToday(Guid tenantId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var midnight = time.GetUtcNow().UtcDateTime.Date;
        return await db.Calls.CountAsync(c => c.TenantId == tenantId && c.Vendor == Vendor && c.At >= midnight, ct);
    }
}
