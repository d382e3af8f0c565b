using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.Spreadsheets;

/// <summary>
/// Brings into the log what the vault knows of Google's sign-ins, as soon as it is known here and every few minutes; and lets
/// go what was granted and never became an account.
/// </summary>
internal sealed class GoogleUpkeep(
    IServiceScopeFactory scopes, GoogleSignInSignal news, Leases leases, NodeName node, Outages outages,
    TimeProvider time, ILogger<GoogleUpkeep> log) : BackgroundService
{
    private const string Lease = "google-upkeep";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What happened in this portal is told at once; the rest is one portal's business.
                var isNews = await news.Wait(Interval, stoppingToken);
                if (isNews || await leases.Take(Lease, node.Name, Interval, stoppingToken))
                    await Once(sweeps: !isNews, stoppingToken);
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                // What was not done now is still there to be done: soon, since it may be news.
                outages.Log(log, trouble, "Google sign-ins could not be looked after");
                await Task.Delay(TimeSpan.FromSeconds(30), time, stoppingToken);
                news.Raise();
            }
        }
    }

    internal async Task Once(bool sweeps, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var of = scope.ServiceProvider;
        var streams = of.GetRequiredService<Streams>();
        await Note(of, streams, ct);
        if (sweeps)
            await of.GetRequiredService<IGoogleSignIn>().SweepOrphans(
                async (accountId, token) => await streams.Read(
                    GoogleAccount.StreamOf(accountId), GoogleAccount.Decider, token)
                    is GoogleAccount.State.Connected or GoogleAccount.State.Disconnecting,
                ct);
    }

    /// <summary>A sign-in that died, and one that Google takes again: an event each, once.</summary>
    private static async Task Note(IServiceProvider of, Streams streams, CancellationToken ct)
    {
        await using var db = await of.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync(ct);
        await using var rows = of.GetRequiredService<ReadModels>().Open();
        var command = of.GetRequiredService<CurrentCommand>();
        foreach (var signIn in await db.GoogleCredentials.AsNoTracking()
            .Select(c => new { c.AccountId, c.DiedAt, c.DeathCode }).ToListAsync(ct))
        {
            if (await rows.FindAsync<GoogleAccountRow>([signIn.AccountId], ct) is not { DisconnectedAt: null } row
                || row.IsExpired == signIn.DiedAt is not null)
                continue;
            var cause = Guid.CreateVersion7();
            command.Context = CommandContext.Of(cause, "sign-in", cause, row.WorkspaceId, []);
            await streams.Transact(
                GoogleAccount.StreamOf(signIn.AccountId), GoogleAccount.Decider,
                state => signIn.DiedAt is null
                    ? GoogleAccount.NoteRegained(state, signIn.AccountId)
                    : GoogleAccount.NoteExpired(state, signIn.AccountId, signIn.DeathCode ?? GoogleSignInCodes.Expired.Code),
                ct);
        }
    }
}
