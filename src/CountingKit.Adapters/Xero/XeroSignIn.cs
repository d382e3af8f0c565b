using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CountingKit.Adapters.Database;
using CountingKit.Adapters.SignIns;
using CountingKit.Connections;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>Authorization code with PKCE (RFC 6749, 7636), as a confidential web app.</summary>
internal sealed class XeroSignIn(
    PendingSignIns pending, XeroConsent consent, XeroRefusal refusal, IDbContextFactory<VaultDb> vault, IOptions<XeroOptions> options,
    TimeProvider time) : IXeroSignIn
{
    /// <summary>Well before an unused grant is swept.</summary>
    private static readonly TimeSpan ChooseWithin = TimeSpan.FromMinutes(12);

    public ErrorCode? Missing => options.Value.HasApp ? null : XeroCodes.NotConfigured;

    public IReadOnlyList<string> Scopes => options.Value.ScopeList;

    public int? MostOrganizations => options.Value.MostOrganizations;

    public async Task<Uri> Start(XeroSignInStart start, CancellationToken ct)
    {
        if (Missing is { } missing) throw new InvalidOperationException(missing.Title);
        var app = options.Value;
        var state = StartedSignIns.RandomText();
        var verifier = app.UsePkce ? StartedSignIns.RandomText() : null;
        await pending.Started.Add(
            state,
            new SignInTraveler(start.MemberId, start.WorkspaceId, start.Browser, start.ReconnectId, start.CommandId),
            new SignInSecret(verifier, start.RedirectUri.OriginalString), ct);

        var query = new StringBuilder(app.AuthorizeUrl.Query.Length > 1 ? app.AuthorizeUrl.Query + "&" : "?")
            .Append("response_type=code");
        Add("client_id", app.ClientId!);
        Add("redirect_uri", start.RedirectUri.OriginalString);
        Add("scope", string.Join(' ', app.ScopeList));
        Add("state", state);
        if (verifier is not null)
        {
            Add("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
            Add("code_challenge_method", "S256");
        }

        return new Uri(app.AuthorizeUrl.GetLeftPart(UriPartial.Path) + query);

        void Add(string name, string value) =>
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    public async Task<XeroSignInOutcome> Answer(XeroSignInAnswer answer, Guid memberId, CancellationToken ct)
    {
        var (judgement, row) = await pending.Started.Take(answer.State, answer.Browser, memberId, ct);
        // From here on whoever leaves the page cancels nothing: the state is spent, and soon the code.
        if (judgement == AnswerJudgement.UnknownState) return new XeroSignInFailed(XeroCodes.UnknownState);
        if (judgement == AnswerJudgement.NoCookie) return new XeroSignInFailed(XeroCodes.NoCookie);
        if (row is null) return new XeroSignInFailed(XeroCodes.OtherBrowser);

        var failed = new XeroSignInFailed(XeroCodes.AnsweredTwice, row.CommandId, row.ReconnectId);
        if (judgement == AnswerJudgement.AnsweredTwice) return failed;
        if (judgement == AnswerJudgement.TooLate) return failed with { Problem = XeroCodes.TooLate };

        if (answer.Error is { Length: > 0 } error)
            return error == "access_denied"
                ? failed with { Problem = XeroCodes.Denied }
                : failed with { Problem = XeroCodes.XeroRefused, Detail = Tidy(error, answer.ErrorDescription) };
        if (string.IsNullOrEmpty(answer.Code)) return failed with { Problem = XeroCodes.XeroRefused };
        return await Redeem(row, answer.Code, failed);
    }

    public async Task<XeroSignInGranted?> Find(Guid signInId, Guid memberId, CancellationToken ct) =>
        await pending.ById(signInId, ct) is { } row && row.MemberId == memberId ? pending.Granted(row) : null;

    public async Task Attach(Guid signInId, Guid connectionId, Guid tenantId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var tenant = await db.XeroTenants.FirstOrDefaultAsync(t => t.ConnectionId == connectionId, ct);
        var row = await pending.ById(signInId, ct);
        var now = time.GetUtcNow().UtcDateTime;
        if (row is null || row.AnsweredAt + ChooseWithin < now) throw new XeroSignInException(XeroCodes.TooLate);
        if (pending.Granted(row) is not { IsDeclined: false } granted
            || granted.Organizations.FirstOrDefault(o => o.TenantId == tenantId) is not { } chosen
            || (tenant is not null && tenant.TenantId != tenantId))
            throw new XeroSignInException(XeroCodes.NotCovered);

        if (tenant is null) db.XeroTenants.Add(tenant = new XeroTenantRow { ConnectionId = connectionId });
        tenant.TenantId = tenantId;
        tenant.XeroConnectionId = chosen.XeroConnectionId;
        tenant.XeroUserId = granted.XeroUserId;
        tenant.WorkspaceId = row.WorkspaceId;
        tenant.AttachedAt = now;
        await db.SaveChangesAsync(ct);
    }

    public async Task Decline(Guid signInId)
    {
        var ct = CancellationToken.None;
        if (await pending.ById(signInId, ct) is not { } row || pending.TryGranted(row) is not { } granted) return;
        await pending.KeepAnswer(row, granted with { IsDeclined = true }, ct);
        await refusal.EndDeclined(granted);
    }

    private async Task<XeroSignInOutcome> Redeem(PendingSignInRow row, string code, XeroSignInFailed failed)
    {
        SignInSecret secret;
        try
        {
            secret = pending.Started.Secret(row);
        }
        catch (KeysMissingException)
        {
            return failed with { Problem = XeroCodes.KeysMissing };
        }

        var outcome = await consent.Redeem(row, secret, code);
        if (outcome is XeroSignInGranted granted)
            await DatabaseOutage.Outlast(() => pending.KeepAnswer(row, granted, CancellationToken.None), time);
        return outcome;
    }

    /// <summary>Foreign text, shown to the person who signs in.</summary>
    private static string Tidy(string error, string? description)
    {
        var text = description is { Length: > 0 } ? $"{error}: {description}" : error;
        return new string([.. text.Where(c => !char.IsControl(c)).Take(200)]);
    }
}
