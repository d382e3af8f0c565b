using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Xero;

/// <summary>What a started sign-in keeps sealed.</summary>
/// <param name="Verifier">PKCE (RFC 7636); null = not used.</param>
internal sealed record SignInSecret(string? Verifier, string RedirectUri)
{
    public override string ToString() => nameof(SignInSecret);
}

/// <summary>The vault's sign-ins on their way. States and cookies are there as hashes only.</summary>
internal sealed class PendingSignIns(IDbContextFactory<VaultDb> vault, ISecretBox box, TimeProvider time)
{
    public const string Vendor = "xero";
    private const string SecretPurpose = "xero-sign-in";
    private const string AnswerPurpose = "xero-sign-in-answer";

    /// <summary>256 random bits, as 43 characters that an address may hold.</summary>
    public static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public async Task Add(string state, XeroSignInStart start, SignInSecret secret, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        db.PendingSignIns.Add(new PendingSignInRow
        {
            StateHash = Hash(state),
            Vendor = Vendor,
            BrowserHash = Hash(start.Browser),
            Secret = box.Seal(SecretPurpose, JsonSerializer.SerializeToUtf8Bytes(secret)),
            MemberId = start.MemberId,
            WorkspaceId = start.WorkspaceId,
            ReconnectId = start.ReconnectId,
            CommandId = start.CommandId,
            StartedAt = time.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(ct);
    }

    public async Task<PendingSignInRow?> ByState(string state, CancellationToken ct)
    {
        var hash = Hash(state);
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PendingSignIns.AsNoTracking()
            .FirstOrDefaultAsync(p => p.StateHash == hash && p.Vendor == Vendor, ct);
    }

    public async Task<PendingSignInRow?> ById(Guid signInId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PendingSignIns.AsNoTracking()
            .FirstOrDefaultAsync(p => p.CommandId == signInId && p.Vendor == Vendor, ct);
    }

    /// <returns>False = another answer was quicker.</returns>
    public async Task<bool> TakeAnswer(PendingSignInRow row, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PendingSignIns
            .Where(p => p.StateHash == row.StateHash && p.AnsweredAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AnsweredAt, now), ct) == 1;
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

    public async Task Remove(PendingSignInRow row, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.PendingSignIns.Where(p => p.StateHash == row.StateHash).ExecuteDeleteAsync(ct);
    }

    /// <summary>Those that were started before and granted nothing.</summary>
    public async Task RemoveFruitless(DateTime startedBefore, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.PendingSignIns
            .Where(p => p.Vendor == Vendor && p.Answer == null && p.StartedAt < startedBefore).ExecuteDeleteAsync(ct);
    }

    /// <exception cref="KeysMissingException">The keys changed meanwhile.</exception>
    public SignInSecret Secret(PendingSignInRow row) =>
        JsonSerializer.Deserialize<SignInSecret>(box.Open(SecretPurpose, row.Secret))!;

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
