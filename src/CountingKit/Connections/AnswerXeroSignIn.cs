using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.Connections;

/// <summary>
/// Takes what Xero sent the browser back with. What is granted is stored; connecting is another command. An organization that
/// is read here through the same sign-in, and that Xero does not list any more, is noted as lost: a consent after the sign-in was
/// revoked reaches only what was chosen then.
/// </summary>
[Asks(Permission.Reconnect), Touches(Organizations.OwnSignIn)]
public sealed record AnswerXeroSignIn(Guid CommandId, [property: Secret] XeroSignInAnswer Answer) : ICommand<XeroSignInOutcome>;

internal sealed class AnswerXeroSignInHandler(
    IXeroSignIn signIn, CurrentRequester current, IDbContextFactory<VaultDb> vault, ReadModels readModels, Streams streams,
    CurrentCommand command, Outages outages, ILogger<AnswerXeroSignInHandler> log)
    : IRequestHandler<AnswerXeroSignIn, XeroSignInOutcome>
{
    public async Task<XeroSignInOutcome> Handle(AnswerXeroSignIn message, CancellationToken ct)
    {
        var outcome = await signIn.Answer(message.Answer, current.Requester.MemberId, ct);
        if (outcome is XeroSignInGranted granted) await NoteLost(granted);
        return outcome;
    }

    /// <summary>
    /// Not the doing of whoever signs in. Whoever leaves the page meanwhile changes nothing: the answer is spent. What cannot be
    /// noted here is told by the connection's next run or test, and by the next look after a sign-in that had died.
    /// </summary>
    private async Task NoteLost(XeroSignInGranted granted)
    {
        var asker = command.Context;
        try
        {
            foreach (var connectionId in await Unlisted(granted))
            {
                command.Context = CommandContext.Of(
                    asker.CommandId, "unlisted", asker.CorrelationId, granted.WorkspaceId, [connectionId]);
                await Note(connectionId);
            }
        }
        catch (Exception trouble)
        {
            outages.Log(log, trouble, "Organizations that a consent no longer reaches could not be found");
        }
        finally
        {
            command.Context = asker;
        }
    }

    private async Task Note(Guid connectionId)
    {
        try
        {
            await streams.Transact(
                Connection.StreamOf(connectionId), Connection.Decider,
                state => Connection.Failed(state, SourceProblem.NoAccess, XeroCodes.NoAccess.Code), CancellationToken.None);
        }
        catch (Exception trouble)
        {
            outages.Log(log, trouble, "That a consent no longer reaches an organization could not be noted");
        }
    }

    /// <summary>Connections that are taken to be open, are read through this sign-in, and that Xero did not list.</summary>
    private async Task<IReadOnlyList<Guid>> Unlisted(XeroSignInGranted granted)
    {
        var listed = granted.Organizations.Select(o => o.TenantId).ToList();
        await using var db = await vault.CreateDbContextAsync(CancellationToken.None);
        var read = await db.XeroTenants.AsNoTracking()
            .Where(t => t.XeroUserId == granted.XeroUserId && t.WorkspaceId == granted.WorkspaceId && !listed.Contains(t.TenantId))
            .Select(t => t.ConnectionId).ToListAsync(CancellationToken.None);
        if (read.Count == 0) return [];
        await using var rows = readModels.Open();
        return await rows.Set<ConnectionRow>().AsNoTracking()
            .Where(r => read.Contains(r.ConnectionId) && r.Status != ConnectionStatus.NoAccess && r.Status != ConnectionStatus.Disconnected)
            .Select(r => r.ConnectionId).ToListAsync(CancellationToken.None);
    }
}
