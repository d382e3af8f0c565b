using System.Collections.Concurrent;
using CountingKit.Spreadsheets;
using CountingKit.Vault;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The Google sign-ins in the vault. Access tokens live in memory; refresh tokens do not change.</summary>
internal sealed class GoogleAccounts(
    GoogleCredentials credentials, GoogleOAuth oauth, IOptions<GoogleOptions> options, TimeProvider time)
{
    private static readonly TimeSpan MostMargin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Orphaned = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, AccessSlot> slots = new();

    /// <summary>Keeps what a person's consent gave; takes the place of what the account had.</summary>
    /// <param name="tokens">From <see cref="GoogleOAuth.Exchange"/>: with a refresh token.</param>
    public Task Keep(Guid accountId, GoogleTokens tokens, string email, string subject, CancellationToken ct) =>
        credentials.Keep(
            new()
            {
                AccountId = accountId, Kind = GoogleCredentials.OAuthKind, Email = email, Subject = subject,
                Secret = credentials.Seal(GoogleCredentials.OAuthKind, tokens.RefreshToken!),
                Scopes = string.Join(' ', tokens.Scopes), EndsAt = tokens.SignInEndsAt?.UtcDateTime,
            }, ct);

    /// <summary>Keeps a service account's key.</summary>
    public Task Keep(Guid accountId, ServiceAccountKey key, CancellationToken ct) => credentials.Keep(
        new()
        {
            AccountId = accountId, Kind = GoogleCredentials.ServiceAccountKind, Email = key.ClientEmail,
            Subject = key.ClientEmail, Secret = credentials.Seal(GoogleCredentials.ServiceAccountKind, key.Json),
            Scopes = GoogleScopes.Spreadsheets,
        }, ct);

    /// <summary>
    /// Ends the sign-in at Google and here. Done twice it is done once. One that Google takes no longer, such as until the
    /// person has signed in again or the account is restored, may still stand there: it is ended like any other.
    /// </summary>
    /// <exception cref="SpreadsheetException">Google does not answer: nothing was forgotten yet.</exception>
    public async Task Forget(Guid accountId, CancellationToken ct)
    {
        if (await credentials.Load(accountId, ct) is not { } row) return;
        if (row.Kind == GoogleCredentials.OAuthKind && credentials.TryOpen(row) is { } refreshToken
            && !await credentials.IsShared(row.Subject, accountId, ct))
            await oauth.Revoke(refreshToken, ct);
        await credentials.Delete(accountId, ct);
        slots.TryRemove(accountId, out _);
    }

    /// <summary>
    /// Ends a consent that was redeemed and is not kept, unless a sign-in of ours stands on the same grant. What can't be
    /// revoked now is left for <see cref="SweepOrphans"/>.
    /// </summary>
    public async Task LetGo(GoogleTokens tokens, CancellationToken ct)
    {
        var (token, subject) = (tokens.RefreshToken ?? tokens.AccessToken, tokens.Subject ?? "");
        if (await credentials.IsShared(subject, null, ct)) return;
        try
        {
            await oauth.Revoke(token, ct);
        }
        catch (SpreadsheetException away) when (away.Problem == SpreadsheetProblem.Unavailable)
        {
            await credentials.Keep(
                new()
                {
                    AccountId = Guid.CreateVersion7(), Kind = GoogleCredentials.OAuthKind, Email = tokens.Email ?? "",
                    Subject = subject, Secret = credentials.Seal(GoogleCredentials.OAuthKind, token), Scopes = "",
                }, ct);
        }
    }

    /// <summary>Ends what was stored more than 15 minutes ago and is nobody's account in the log.</summary>
    /// <returns>How many were ended; one that Google does not answer for stays for the next time.</returns>
    public async Task<int> SweepOrphans(Func<Guid, CancellationToken, Task<bool>> isConnected, CancellationToken ct)
    {
        var swept = 0;
        foreach (var accountId in await credentials.KeptBefore((time.GetUtcNow() - Orphaned).UtcDateTime, ct))
        {
            if (await isConnected(accountId, ct)) continue;
            try
            {
                await Forget(accountId, ct);
                swept++;
            }
            catch (SpreadsheetException away) when (away.Problem == SpreadsheetProblem.Unavailable)
            {
                continue;
            }
        }

        return swept;
    }

    /// <summary>What the account was granted, for choosing how to work with it.</summary>
    public async Task<string> Scopes(Guid accountId, CancellationToken ct) => (await Load(accountId, ct)).Scopes;

    /// <summary>An access token that is good for a while; one refresh at a time per account.</summary>
    /// <param name="rejected">One that Google no longer takes; null = none.</param>
    public async Task<string> AccessToken(Guid accountId, string? rejected, CancellationToken ct)
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
        // A person's sign-in that is dead stays so; a key may be switched on again in Google Cloud, so it is tried.
        if (row is { Kind: GoogleCredentials.OAuthKind, DiedAt: not null }) throw Died(row.DeathCode);
        var secret = credentials.TryOpen(row) ?? throw Problem(SpreadsheetProblem.KeysMissing, GoogleCodes.KeysMissing);
        try
        {
            var fresh = await Ask(row, secret, ct);
            await credentials.Note(row, null, fresh.SignInEndsAt?.UtcDateTime ?? row.EndsAt, ct);
            return fresh;
        }
        catch (SpreadsheetException e) when (e.Problem == SpreadsheetProblem.SignInExpired)
        {
            var hadToEnd = row.EndsAt is { } end && end - GoogleCredentials.OfAnEnd <= time.GetUtcNow().UtcDateTime;
            var code = hadToEnd && e.Code == GoogleCodes.SignInExpired.Code ? GoogleSignInCodes.Testing.Code : e.Code;
            await credentials.Note(row, code, row.EndsAt, ct);
            if (code == e.Code) throw;
            throw Died(code);
        }
    }

    private async Task<GoogleTokens> Ask(GoogleCredentialRow row, string secret, CancellationToken ct)
    {
        if (row.Kind == GoogleCredentials.OAuthKind) return await oauth.Refresh(secret, ct);
        using var key = ServiceAccountKey.Parse(secret, options.Value);
        return await oauth.SignIn(key, ct);
    }

    private async Task<GoogleCredentialRow> Load(Guid accountId, CancellationToken ct) =>
        await credentials.Load(accountId, ct)
        ?? throw Problem(SpreadsheetProblem.SignInExpired, GoogleCodes.NotConnected);

    private static SpreadsheetException Died(string? code) => Problem(
        SpreadsheetProblem.SignInExpired,
        GoogleCodes.All.Append(GoogleSignInCodes.Testing).FirstOrDefault(known => known.Code == code)
            ?? GoogleCodes.SignInExpired);

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
