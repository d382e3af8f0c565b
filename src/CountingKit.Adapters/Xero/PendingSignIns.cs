using System.Text.Json;
using CountingKit.Adapters.SignIns;
using CountingKit.Connections;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Xero;

/// <summary>What answered sign-ins granted, kept with them until it is chosen from or swept.</summary>
internal sealed class PendingSignIns(IDbContextFactory<VaultDb> vault, ISecretBox box, TimeProvider time)
{
    public const string Vendor = "xero";
    private const string AnswerPurpose = "xero-sign-in-answer";

    public StartedSignIns Started { get; } = new(Vendor, vault, box, time);

    public async Task<PendingSignInRow?> ById(Guid signInId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PendingSignIns.AsNoTracking()
            .FirstOrDefaultAsync(p => p.CommandId == signInId && p.Vendor == Vendor, ct);
    }

    public async Task KeepAnswer(PendingSignInRow row, XeroSignInGranted granted, CancellationToken ct)
    {
        var answer = box.Seal(AnswerPurpose, JsonSerializer.SerializeToUtf8Bytes(granted));
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.PendingSignIns.Where(p => p.StateHash == row.StateHash)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Answer, answer), ct);
    }

    /// <summary>Those that granted something, answered before then; null = whenever.</summary>
    public async Task<IReadOnlyList<PendingSignInRow>> Answered(DateTime? before, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PendingSignIns.AsNoTracking()
            .Where(p => p.Vendor == Vendor && p.Answer != null && (before == null || p.AnsweredAt < before))
            .ToListAsync(ct);
    }

    /// <summary>What consents of which somebody may still choose have just granted.</summary>
    /// <param name="since">Answered then or later; null = whenever.</param>
    public async Task<IReadOnlyList<(Guid XeroUserId, XeroChoice Organization)>> Offered(DateTime? since, CancellationToken ct) =>
    [
        .. from row in await Answered(null, ct)
           where since == null || row.AnsweredAt >= since
           let granted = TryGranted(row)
           where granted is { IsDeclined: false }
           from organization in granted.Organizations
           where organization.JustGranted
           select (granted.XeroUserId, organization),
    ];

    public async Task Remove(PendingSignInRow row, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.PendingSignIns.Where(p => p.StateHash == row.StateHash).ExecuteDeleteAsync(ct);
    }

    /// <summary>Null = nothing was granted.</summary>
    /// <exception cref="KeysMissingException">The keys changed meanwhile.</exception>
    public XeroSignInGranted? Granted(PendingSignInRow row) => row.Answer is { } answer
        ? JsonSerializer.Deserialize<XeroSignInGranted>(box.Open(AnswerPurpose, answer))
        : null;

    /// <summary>As <see cref="Granted"/>; what can't be opened any more is of no use and counts as nothing.</summary>
    public XeroSignInGranted? TryGranted(PendingSignInRow row)
    {
        try
        {
            return Granted(row);
        }
        catch (KeysMissingException)
        {
            return null;
        }
    }
}
