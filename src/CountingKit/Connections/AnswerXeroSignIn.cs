using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.Connections;

/// <summary>
/// Takes what Xero sent the browser back with. What is granted is stored; connecting is another command. Of an organization that
/// is read here through the same sign-in, and that Xero does not list any more, Xero is asked: a consent after the sign-in was
/// revoked reaches only what was chosen then.
/// </summary>
[Asks(Permission.Reconnect), Touches(Organizations.OwnSignIn)]
public sealed record AnswerXeroSignIn(Guid CommandId, [property: Secret] XeroSignInAnswer Answer) : ICommand<XeroSignInOutcome>;

internal sealed class AnswerXeroSignInHandler(
    IXeroSignIn signIn, CurrentRequester current, IDbContextFactory<VaultDb> vault, ReadModels readModels, XeroQuestions questions,
    CurrentCommand command, Outages outages, ILogger<AnswerXeroSignInHandler> log)
    : IRequestHandler<AnswerXeroSignIn, XeroSignInOutcome>
{
    public async Task<XeroSignInOutcome> Handle(AnswerXeroSignIn message, CancellationToken ct)
    {
        var outcome = await signIn.Answer(message.Answer, current.Requester.MemberId, ct);
        if (outcome is XeroSignInGranted granted) await AskForUnlisted(granted);
        return outcome;
    }

    /// <summary>
    /// The answer is spent: whatever fails here, the person goes on with it. What is not asked then is told by the connection's next
    /// run or test.
    /// </summary>
    private async Task AskForUnlisted(XeroSignInGranted granted)
    {
        try
        {
            await questions.Ask(
                [.. (await Unlisted(granted)).Select(connectionId => (connectionId, granted.WorkspaceId))],
                command.Context.CommandId, command.Context.CorrelationId);
        }
        catch (Exception trouble)
        {
            outages.Log(log, trouble, "Xero could not be asked for organizations that a consent no longer lists");
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
