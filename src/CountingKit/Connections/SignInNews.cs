using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.Connections;

/// <summary>
/// Brings into the log what the vault knows of Xero's sign-ins: one that died, or that could change data, is told at each
/// connection that is read through it, once. Where it lives again, such as after a consent for another organization of the same
/// person, Xero is asked for each: it need not reach all that it reached before.
/// </summary>
internal sealed class SignInNews(
    IDbContextFactory<VaultDb> vault, ReadModels readModels, Streams streams, XeroQuestions questions, CurrentCommand command,
    Outages outages, TimeProvider time, ILogger<SignInNews> log)
{
    /// <summary>Whatever Xero answers: nobody asks for ever.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

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
                    signIn.RefreshedAt > time.GetUtcNow().UtcDateTime - Lately
                    && signIn.RefreshedAt > await ToldAt(rows, signIn.ConnectionId, ct),
                ConnectionStatus.Expired => row.TroubleCode != trouble.Code,
                _ => false,
            };
            if (isNews) await Tell(signIn.ConnectionId, signIn.WorkspaceId, trouble, ct);
        }
    }

    /// <param name="trouble">Null = the sign-in lives again.</param>
    private async Task Tell(Guid connectionId, Guid workspaceId, ErrorCode? trouble, CancellationToken ct)
    {
        var cause = Guid.CreateVersion7();
        command.Context = CommandContext.Of(cause, "sign-in", cause, workspaceId, [connectionId]);
        try
        {
            if (trouble is null) await questions.Ask([(connectionId, workspaceId)], cause, cause);
            else
                await streams.Transact(
                    Connection.StreamOf(connectionId), Connection.Decider,
                    state => Connection.Failed(state, SourceProblem.SignInExpired, trouble.Code), ct);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            // It is news still at the next look; the others are told now.
            outages.Log(log, failed, "What a sign-in can do could not be noted at a connection");
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
