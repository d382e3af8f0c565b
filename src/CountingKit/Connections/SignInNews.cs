using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>
/// Brings into the log what the vault knows of Xero's sign-ins: one that died, or that could change data, is told at each
/// connection that is read through it, and that it lives again likewise. Each is an event once.
/// </summary>
internal sealed class SignInNews(
    IDbContextFactory<VaultDb> vault, ReadModels readModels, Streams streams, CurrentCommand command)
{
    public async Task Note(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var signIns = await db.XeroTenants.AsNoTracking()
            .Join(
                db.XeroGrants.AsNoTracking(), t => t.XeroUserId, g => g.XeroUserId,
                (t, g) => new { t.ConnectionId, t.WorkspaceId, g.DiedAt, g.Scopes, g.RefreshedAt })
            .ToListAsync(ct);
        await using var rows = readModels.Open();
        foreach (var signIn in signIns)
        {
            var row = await rows.FindAsync<ConnectionRow>([signIn.ConnectionId], ct);
            var trouble = Trouble(signIn.DiedAt, signIn.Scopes);
            var isNews = row?.Status switch
            {
                ConnectionStatus.Open => trouble is not null,
                ConnectionStatus.Expired when trouble is null =>
                    signIn.RefreshedAt > await ToldAt(rows, signIn.ConnectionId, ct),
                ConnectionStatus.Expired => row.TroubleCode != trouble.Code,
                _ => false,
            };
            if (!isNews) continue;

            var cause = Guid.CreateVersion7();
            command.Context = CommandContext.Of(cause, "sign-in", cause, signIn.WorkspaceId, [signIn.ConnectionId]);
            await streams.Transact(
                Connection.StreamOf(signIn.ConnectionId), Connection.Decider,
                state => trouble is null
                    ? Connection.SignInRevived(state)
                    : Connection.Failed(state, SourceProblem.SignInExpired, trouble.Code),
                ct);
        }
    }

    private static ErrorCode? Trouble(DateTime? diedAt, string scopes) =>
        scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(XeroPermissions.MayWrite) ? XeroCodes.MayWrite
        : diedAt is not null ? XeroCodes.SignInExpired
        : null;

    /// <summary>Only what Xero accepted after the trouble says that it is over.</summary>
    private static async Task<DateTime> ToldAt(ReadDb rows, Guid connectionId, CancellationToken ct) =>
        await rows.Set<ConnectionTimelineRow>().Where(t => t.ConnectionId == connectionId && t.Code != null)
            .MaxAsync(t => (DateTime?)t.At, ct) ?? DateTime.MinValue;
}
