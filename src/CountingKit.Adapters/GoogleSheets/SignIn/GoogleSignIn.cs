using CountingKit.Adapters.Database;
using CountingKit.Adapters.SignIns;
using CountingKit.EventSourcing;
using CountingKit.Spreadsheets;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Google's consent and service accounts' keys. Codes and tokens never leave this folder but for Google.</summary>
internal sealed class GoogleSignIn(
    GoogleOAuth oauth, GoogleAccounts accounts, GoogleCredentials credentials, IDbContextFactory<VaultDb> vault,
    ISecretBox box, IOptions<GoogleOptions> options, IHostEnvironment host, TimeProvider time) : IGoogleSignIn
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan EndIsTold = TimeSpan.FromDays(7);

    private readonly StartedSignIns started = new("google", vault, box, time);

    public ErrorCode? Missing => options.Value.CanSignIn ? null : GoogleCodes.NotSetUp;

    public IReadOnlyList<string> Scopes => options.Value.RequiredScopes;

    public bool HasServiceAccountFile => options.Value.ServiceAccountFile is { Length: > 0 };

    public async Task<Uri> Start(GoogleSignInStart start, CancellationToken ct)
    {
        if (Missing is { } missing) throw new InvalidOperationException(missing.Title);
        await started.RemoveFruitless((time.GetUtcNow() - KeptFor).UtcDateTime, ct);
        var known = start.ReconnectId is { } id ? await credentials.Load(id, ct) : null;
        var request = new GoogleSignInRequest(start.RedirectUri, StartedSignIns.RandomText(), StartedSignIns.RandomText())
        {
            LoginHint = known?.Email,
        };
        await started.Add(
            request.State,
            new(start.MemberId, start.WorkspaceId, start.Browser, start.ReconnectId, start.CommandId),
            new(request.Verifier, start.RedirectUri.OriginalString), ct);
        return oauth.AuthorizeUrl(request);
    }

    public async Task<GoogleSignInOutcome> Answer(GoogleSignInAnswer answer, CancellationToken ct)
    {
        var (judgement, row) = await started.Take(answer.State, answer.Browser, answer.MemberId, ct);
        if (row is null)
            return new GoogleSignInFailed(judgement switch
            {
                AnswerJudgement.UnknownState => GoogleSignInCodes.UnknownState,
                AnswerJudgement.NoCookie => GoogleSignInCodes.NoCookie,
                _ => GoogleSignInCodes.OtherBrowser,
            });

        var problem = judgement switch
        {
            AnswerJudgement.AnsweredTwice => GoogleSignInCodes.AnsweredTwice,
            AnswerJudgement.TooLate => GoogleSignInCodes.TooLate,
            _ when answer.Error == "access_denied" => GoogleSignInCodes.Denied,
            _ when answer.Error is { Length: > 0 } || string.IsNullOrEmpty(answer.Code) => GoogleSignInCodes.GoogleRefused,
            _ => null,
        };
        if (problem is not null) return new GoogleSignInFailed(problem, row.ReconnectId);
        try
        {
            return await Redeem(row, answer.Code!, answer.Accounts);
        }
        catch (KeysMissingException)
        {
            return new GoogleSignInFailed(GoogleCodes.KeysMissing, row.ReconnectId);
        }
        catch (SpreadsheetException said)
        {
            return new GoogleSignInFailed(GoogleCodes.All.First(known => known.Code == said.Code), row.ReconnectId);
        }
    }

    public async Task<ServiceAccountKept> KeepServiceAccount(ServiceAccountOffer offer, CancellationToken ct)
    {
        var json = offer.Json ?? await File.ReadAllTextAsync(
            Path.Combine(host.ContentRootPath, options.Value.ServiceAccountFile ?? throw Refused(GoogleCodes.KeyFile)), ct);
        using var key = ServiceAccountKey.Parse(json, options.Value);
        await oauth.SignIn(key, ct);
        var same = await credentials.FindServiceAccount(key.ClientEmail, offer.Accounts, ct);
        if (offer.ReconnectId is { } reconnect && await credentials.Load(reconnect, ct) is { } known
            && (known.Kind != GoogleCredentials.ServiceAccountKind || known.Email != key.ClientEmail))
            throw Refused(GoogleSignInCodes.OtherAccount);

        var accountId = offer.ReconnectId ?? same
            ?? DerivedId.From(offer.CommandId, "google-account", key.ClientEmail);
        await accounts.Keep(accountId, key, CancellationToken.None);
        return new(accountId, key.ClientEmail, [GoogleScopes.Spreadsheets]);
    }

    public Task Forget(Guid accountId, CancellationToken ct) => accounts.Forget(accountId, ct);

    public Task<int> SweepOrphans(Func<Guid, CancellationToken, Task<bool>> isConnected, CancellationToken ct) =>
        accounts.SweepOrphans(isConnected, ct);

    public async Task<IReadOnlyDictionary<Guid, GoogleAccountState>> States(
        IReadOnlyCollection<Guid> accountIds, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        return await db.GoogleCredentials.AsNoTracking().Where(c => accountIds.Contains(c.AccountId))
            .ToDictionaryAsync(c => c.AccountId, c => StateOf(c, now), ct);
    }

    private static GoogleAccountState StateOf(GoogleCredentialRow row, DateTime now) => row switch
    {
        { DiedAt: null, EndsAt: { } over } when over <= now =>
            new(row.Email, row.ConnectedAt, over, GoogleSignInCodes.Testing.Code),
        { DiedAt: null, EndsAt: { } soon } when soon - now <= EndIsTold =>
            new(row.Email, row.ConnectedAt, null, EndsAt: soon),
        _ => new(row.Email, row.ConnectedAt, row.DiedAt, row.DeathCode),
    };

    /// <summary>Not to be canceled: a code is good once, and what Google has granted must be ours to revoke.</summary>
    private async Task<GoogleSignInOutcome> Redeem(PendingSignInRow row, string code, IReadOnlyList<Guid> here)
    {
        var ct = CancellationToken.None;
        var secret = started.Secret(row);
        var tokens = await oauth.Exchange(code, new(new(secret.RedirectUri), "", secret.Verifier!), ct);
        if (await Refusal(row, tokens, here, ct) is { } refused)
        {
            await DatabaseOutage.Outlast(() => accounts.LetGo(tokens, ct), time);
            return refused;
        }

        var (subject, email) = (tokens.Subject!, tokens.Email!);
        var same = row.ReconnectId ?? await credentials.FindPerson(subject, here, ct);
        var accountId = same ?? Guid.CreateVersion7();
        await DatabaseOutage.Outlast(() => accounts.Keep(accountId, tokens, email, subject, ct), time);
        return new GoogleSignInGranted(row.CommandId, row.WorkspaceId, accountId, same is null, email, tokens.Scopes);
    }

    /// <returns>Null = it can be kept.</returns>
    private async Task<GoogleSignInFailed?> Refusal(
        PendingSignInRow row, GoogleTokens tokens, IReadOnlyList<Guid> here, CancellationToken ct)
    {
        if (oauth.Lack(tokens) is var (problem, detail)) return new GoogleSignInFailed(problem, row.ReconnectId, detail);
        if (row.ReconnectId is not { } reconnect) return null;
        if (!here.Contains(reconnect)) return new GoogleSignInFailed(GoogleSignInCodes.Ended);
        return await credentials.Load(reconnect, ct) is { } known
            && (known.Kind != GoogleCredentials.OAuthKind || known.Subject != tokens.Subject)
                ? new GoogleSignInFailed(GoogleSignInCodes.OtherAccount, reconnect)
                : null;
    }

    private static SpreadsheetException Refused(ErrorCode code) =>
        new(SpreadsheetProblem.Configuration, code.Code, $"{code.Title}. {code.Advice}");
}
