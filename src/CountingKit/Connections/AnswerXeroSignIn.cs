using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>
/// Takes what Xero sent the browser back with. What is granted is stored; connecting is another command. An organization that
/// is read here through the same sign-in, and that Xero does not list any more, is noted as lost: a consent after the sign-in was
/// revoked reaches only what was chosen then.
/// </summary>
[Asks(Permission.Reconnect), Touches(Organizations.OwnSignIn)]
public sealed record AnswerXeroSignIn(Guid CommandId, [property: Secret] XeroSignInAnswer Answer) : ICommand<XeroSignInOutcome>;

internal sealed class AnswerXeroSignInHandler(
    IXeroSignIn signIn, CurrentRequester current, IDbContextFactory<VaultDb> vault, Streams streams)
    : IRequestHandler<AnswerXeroSignIn, XeroSignInOutcome>
{
    public async Task<XeroSignInOutcome> Handle(AnswerXeroSignIn message, CancellationToken ct)
    {
        var outcome = await signIn.Answer(message.Answer, current.Requester.MemberId, ct);
        if (outcome is XeroSignInGranted granted) await NoteLost(granted);
        return outcome;
    }

    /// <summary>Whoever leaves the page meanwhile changes nothing: the answer is spent.</summary>
    private async Task NoteLost(XeroSignInGranted granted)
    {
        await using var db = await vault.CreateDbContextAsync(CancellationToken.None);
        var read = await db.XeroTenants.AsNoTracking()
            .Where(t => t.XeroUserId == granted.XeroUserId && t.WorkspaceId == granted.WorkspaceId)
            .Select(t => new { t.ConnectionId, t.TenantId }).ToListAsync(CancellationToken.None);
        foreach (var lost in read.Where(t => granted.Organizations.All(o => o.TenantId != t.TenantId)))
            await streams.Transact(
                Connection.StreamOf(lost.ConnectionId), Connection.Decider,
                state => Connection.Failed(state, SourceProblem.NoAccess, XeroCodes.NoAccess.Code), CancellationToken.None);
    }
}
