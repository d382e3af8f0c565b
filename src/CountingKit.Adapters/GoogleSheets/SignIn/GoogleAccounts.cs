using System.Collections.Concurrent;
using System.Text;
using CountingKit.Spreadsheets;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The Google sign-ins in the vault. Access tokens live in memory; refresh tokens do not change.</summary>
public sealed class GoogleAccounts(
    IDbContextFactory<VaultDb> vault,
    ISecretBox box,
    GoogleOAuth oauth,
    IOptions<GoogleOptions> options,
    TimeProvider time)
{
    private const string OAuthKind = "oauth";
    private const string ServiceAccountKind = "service-account";
    private static readonly TimeSpan MostMargin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, AccessSlot> slots = new();

    /// <summary>Keeps what a person's consent gave; takes the place of what the account had.</summary>
    /// <param name="tokens">From <see cref="GoogleOAuth.Exchange"/>: with a refresh token.</param>
    public Task Keep(Guid accountId, GoogleTokens tokens, string email, string subject, CancellationToken ct) => Keep(
        new()
        {
            AccountId = accountId, Kind = OAuthKind, Email = email, Subject = subject,
            Secret = box.Seal(Purpose(OAuthKind), Encoding.UTF8.GetBytes(tokens.RefreshToken!)),
            Scopes = string.Join(' ', tokens.Scopes),
        }, ct);

    /// <summary>Keeps a service account's key.</summary>
    public Task Keep(Guid accountId, ServiceAccountKey key, CancellationToken ct) => Keep(
        new()
        {
            AccountId = accountId, Kind = ServiceAccountKind, Email = key.ClientEmail, Subject = key.ClientId,
            Secret = box.Seal(Purpose(ServiceAccountKind), Encoding.UTF8.GetBytes(key.Json)),
            Scopes = GoogleScopes.Spreadsheets,
        }, ct);

    /// <summary>Ends the sign-in at Google and here. Done twice it is done once.</summary>
    /// <exception cref="SpreadsheetException">Google does not answer: nothing was forgotten yet.</exception>
    public async Task Forget(Guid accountId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        if (await db.GoogleCredentials.FindAsync([accountId], ct) is not { } row) return;
        // Google ends all that a person granted us at once, so not while another account of ours stands on it.
        var isShared = await db.GoogleCredentials.AnyAsync(
            c => c.AccountId != accountId && c.Kind == OAuthKind && c.Subject == row.Subject, ct);
        if (row is { Kind: OAuthKind, DiedAt: null } && !isShared && TryOpen(row) is { } refreshToken)
            await oauth.Revoke(refreshToken, ct);
        await db.GoogleCredentials.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(ct);
        slots.TryRemove(accountId, out _);
    }

    /// <returns>Whose account it is; null = nothing is stored for it.</returns>
    internal async Task<AccountIdentity?> Find(Guid accountId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.GoogleCredentials.Where(c => c.AccountId == accountId)
            .Select(c => new AccountIdentity(c.Email, c.Subject)).FirstOrDefaultAsync(ct);
    }

    /// <returns>The one of these accounts that is this account at Google; null = none.</returns>
    internal async Task<Guid?> FindSubject(string subject, IReadOnlyList<Guid> among, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.GoogleCredentials.Where(c => c.Subject == subject && among.Contains(c.AccountId))
            .Select(c => (Guid?)c.AccountId).FirstOrDefaultAsync(ct);
    }

    /// <summary>What the account was granted, for choosing how to work with it.</summary>
    internal async Task<string> Scopes(Guid accountId, CancellationToken ct) => (await Load(accountId, ct)).Scopes;

    /// <summary>An access token that is good for a while; one refresh at a time per account.</summary>
    /// <param name="rejected">One that Google no longer takes; null = none.</param>
    internal async Task<string> AccessToken(Guid accountId, string? rejected, CancellationToken ct)
    {
        var slot = slots.GetOrAdd(accountId, _ => new());
        await slot.Turn.WaitAsync(ct);
        try
        {
            var row = await Load(accountId, ct);
            if (slot.Tokens is { } known && slot.Version == row.Version && known.AccessToken != rejected
                && slot.FreshUntil > time.GetUtcNow()) return known.AccessToken;
            var fresh = await SignIn(row, ct);
            (slot.Tokens, slot.Version) = (fresh, row.Version);
            var quarter = (fresh.ExpiresAt - time.GetUtcNow()) / 4;
            slot.FreshUntil = fresh.ExpiresAt - (quarter < MostMargin ? quarter : MostMargin);
            return fresh.AccessToken;
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    private async Task<GoogleTokens> SignIn(GoogleCredentialRow row, CancellationToken ct)
    {
        if (row.DiedAt is not null) throw Problem(SpreadsheetProblem.SignInExpired, GoogleCodes.SignInExpired);
        var secret = TryOpen(row) ?? throw Problem(SpreadsheetProblem.KeysMissing, GoogleCodes.KeysMissing);
        if (row.Kind == ServiceAccountKind)
        {
            using var key = ServiceAccountKey.Parse(secret, options.Value);
            return await oauth.SignIn(key, ct);
        }
        try
        {
            return await oauth.Refresh(secret, ct);
        }
        catch (SpreadsheetException e) when (e.Problem == SpreadsheetProblem.SignInExpired)
        {
            await MarkDead(row, ct);
            throw;
        }
    }

    /// <summary>The ciphertext stays; a consent that came meanwhile (another version) is not touched.</summary>
    private async Task MarkDead(GoogleCredentialRow row, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        DateTime? now = time.GetUtcNow().UtcDateTime;
        await db.GoogleCredentials
            .Where(c => c.AccountId == row.AccountId && c.Version == row.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.DiedAt, now), ct);
    }

    /// <summary>Two answers for one account at the same moment: the later one stays.</summary>
    private async Task Keep(GoogleCredentialRow row, CancellationToken ct)
    {
        try
        {
            await Put(row, ct);
        }
        catch (DbUpdateException)
        {
            await Put(row, ct);
        }
    }

    private async Task Put(GoogleCredentialRow row, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var before = await db.GoogleCredentials.AsNoTracking()
            .FirstOrDefaultAsync(c => c.AccountId == row.AccountId, ct);
        row.ConnectedAt = time.GetUtcNow().UtcDateTime;
        row.Version = before is null ? 0 : before.Version + 1;
        var entry = db.Entry(row);
        entry.State = before is null ? EntityState.Added : EntityState.Modified;
        if (before is not null) entry.Property(c => c.Version).OriginalValue = before.Version;
        await db.SaveChangesAsync(ct);
    }

    private async Task<GoogleCredentialRow> Load(Guid accountId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.GoogleCredentials.AsNoTracking().FirstOrDefaultAsync(c => c.AccountId == accountId, ct)
            ?? throw Problem(SpreadsheetProblem.SignInExpired, GoogleCodes.NotConnected);
    }

    private string? TryOpen(GoogleCredentialRow row)
    {
        try
        {
            return Encoding.UTF8.GetString(box.Open(Purpose(row.Kind), row.Secret));
        }
        catch (KeysMissingException)
        {
            return null;
        }
    }

    private static string Purpose(string kind) => $"google-{kind}";

    private static SpreadsheetException Problem(SpreadsheetProblem problem, ErrorCode code) =>
        new(problem, code.Code, $"{code.Title}. {code.Advice}");

    private sealed class AccessSlot
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public GoogleTokens? Tokens { get; set; }

        /// <summary>UTC: some time before they expire; the shorter their life, the less.</summary>
        public DateTimeOffset FreshUntil { get; set; }

        /// <summary>Of the vault's row that the tokens were made from.</summary>
        public int Version { get; set; }
    }
}

/// <param name="Subject">Google's id of the account; for a service account its client id.</param>
internal sealed record AccountIdentity(string Email, string Subject);
