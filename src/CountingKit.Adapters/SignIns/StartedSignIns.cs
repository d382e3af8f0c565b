using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.SignIns;

/// <summary>Who sets out for a vendor's consent page, and what their answer is for.</summary>
/// <param name="Browser">A random value kept in a cookie of this browser; only its hash is stored.</param>
/// <param name="ReconnectId">What is signed in for again; null = something new.</param>
internal sealed record SignInTraveler(
    Guid MemberId, Guid WorkspaceId, string Browser, Guid? ReconnectId, Guid CommandId)
{
    /// <summary>Without the cookie: it is a secret.</summary>
    public override string ToString() => nameof(SignInTraveler);
}

/// <summary>What a started sign-in keeps sealed.</summary>
/// <param name="Verifier">PKCE (RFC 7636); null = not used.</param>
internal sealed record SignInSecret(string? Verifier, string RedirectUri)
{
    public override string ToString() => nameof(SignInSecret);
}

/// <summary>What is to be thought of an answer before anything in it is used.</summary>
internal enum AnswerJudgement { Taken, UnknownState, NoCookie, OtherBrowser, OtherMember, AnsweredTwice, TooLate }

/// <summary>
/// The sign-ins on their way to a vendor and back (RFC 6749, section 10.12): each answers once, within 10 minutes, in the
/// browser that started it. States and cookies are stored as hashes only.
/// </summary>
/// <param name="vendor"><c>xero</c> or <c>google</c>.</param>
internal sealed class StartedSignIns(
    string vendor, IDbContextFactory<VaultDb> vault, ISecretBox box, TimeProvider time)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(10);

    private readonly string purpose = $"{vendor}-sign-in";

    /// <summary>256 random bits, as 43 characters that an address may hold.</summary>
    public static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public async Task Add(string state, SignInTraveler traveler, SignInSecret secret, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        db.PendingSignIns.Add(new PendingSignInRow
        {
            StateHash = Hash(state),
            Vendor = vendor,
            BrowserHash = Hash(traveler.Browser),
            Secret = box.Seal(purpose, JsonSerializer.SerializeToUtf8Bytes(secret)),
            MemberId = traveler.MemberId,
            WorkspaceId = traveler.WorkspaceId,
            ReconnectId = traveler.ReconnectId,
            CommandId = traveler.CommandId,
            StartedAt = time.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>
    /// Judges an answer by its state, browser and member, and takes it if it is good: the next one comes too late. What
    /// came to somebody else stays open for whom it is for.
    /// </summary>
    /// <param name="memberId">Who is signed in to the portal now.</param>
    /// <returns>No sign-in where this browser or member may not know which one it is.</returns>
    public async Task<(AnswerJudgement Judgement, PendingSignInRow? SignIn)> Take(
        string? state, string? browser, Guid memberId, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(state) || await ByState(state, ct) is not { } row)
            return (AnswerJudgement.UnknownState, null);
        if (string.IsNullOrEmpty(browser)) return (AnswerJudgement.NoCookie, null);
        if (!Same(row.BrowserHash, Hash(browser))) return (AnswerJudgement.OtherBrowser, null);
        if (row.MemberId != memberId) return (AnswerJudgement.OtherMember, null);
        if (row.AnsweredAt is not null) return (AnswerJudgement.AnsweredTwice, row);
        if (row.StartedAt + AnswerWithin < time.GetUtcNow().UtcDateTime) return (AnswerJudgement.TooLate, row);
        return (await Claim(row, ct) ? AnswerJudgement.Taken : AnswerJudgement.AnsweredTwice, row);
    }

    /// <exception cref="KeysMissingException">The keys changed meanwhile.</exception>
    public SignInSecret Secret(PendingSignInRow row) =>
        JsonSerializer.Deserialize<SignInSecret>(box.Open(purpose, row.Secret))!;

    /// <summary>Those that were started before and granted nothing that is kept with them.</summary>
    public async Task RemoveFruitless(DateTime startedBefore, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.PendingSignIns
            .Where(p => p.Vendor == vendor && p.Answer == null && p.StartedAt < startedBefore).ExecuteDeleteAsync(ct);
    }

    private async Task<PendingSignInRow?> ByState(string state, CancellationToken ct)
    {
        var hash = Hash(state);
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PendingSignIns.AsNoTracking()
            .FirstOrDefaultAsync(p => p.StateHash == hash && p.Vendor == vendor, ct);
    }

    /// <returns>False = another answer was quicker.</returns>
    private async Task<bool> Claim(PendingSignInRow row, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.PendingSignIns
            .Where(p => p.StateHash == row.StateHash && p.AnsweredAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AnsweredAt, now), ct) == 1;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool Same(string left, string right) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}
