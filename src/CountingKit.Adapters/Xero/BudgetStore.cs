using System.Net;
using System.Text.Json;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// The budgets as all portals share them: a row for each organization and one for the app, changed at the version that was
/// read, by the database's time. Each change is one reading and one writing.
/// </summary>
internal sealed class BudgetStore(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    private const int Tries = 100;
    private static readonly Guid App = Guid.Empty;
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private (DateTimeOffset Told, long At)? clock;
    private (int Left, long At) block;

    /// <returns>As <see cref="TenantBudget.Begin"/>, and the budget as it is now.</returns>
    /// <exception cref="SourceException"><see cref="SourceProblem.DayLimit"/>.</exception>
    public async Task<(TimeSpan Wait, TenantBudget Known)> Begin(
        Guid tenantId, Guid call, bool urgent, TimeSpan lasting, BudgetLimits limits, CancellationToken ct)
    {
        var isOfBlock = TakeFromBlock();
        var (wait, known, nothingMore) = await Change(tenantId, (tenant, app, now) =>
        {
            var wait = app.Wait(now, takesBlock: !isOfBlock);
            try
            {
                if (wait == TimeSpan.Zero) wait = tenant.Begin(call, now, urgent, lasting, limits);
            }
            catch (SourceException dayLimit)
            {
                return (wait, tenant, dayLimit); // What it decided is kept.
            }

            if (wait == TimeSpan.Zero && !isOfBlock) app.Take(now);
            return (wait, tenant, (SourceException?)null);
        }, ct);
        var begins = nothingMore is null && wait == TimeSpan.Zero;
        if (isOfBlock != begins) GiveToBlock(begins ? AppBudget.Block - 1 : 1, isNew: begins);
        return nothingMore is null ? (wait, known) : throw nothingMore;
    }

    /// <inheritdoc cref="TenantBudget.End"/>
    public Task End(
        Guid tenantId, Guid call, (HttpStatusCode Status, XeroHeaders Headers)? answer, CancellationToken ct) =>
        Change(tenantId, (tenant, app, now) =>
        {
            tenant.End(call, now, answer);
            if (answer is (var status, var headers)) app.Learn(now, status, headers);
            return true;
        }, ct);

    public Task<T> Look<T>(Guid tenantId, Func<TenantBudget, DateTimeOffset, T> look, CancellationToken ct) =>
        LookAt(tenantId, look, ct);

    public Task<T> LookAtApp<T>(Func<AppBudget, DateTimeOffset, T> look, CancellationToken ct) => LookAt(App, look, ct);

    private async Task<T> LookAt<TBudget, T>(Guid tenantId, Func<TBudget, DateTimeOffset, T> look, CancellationToken ct)
        where TBudget : new()
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var row = await db.CallBudgets.AsNoTracking().FirstOrDefaultAsync(b => b.TenantId == tenantId, ct);
        return look(Read<TBudget>(row), await Now(db, ct));
    }

    private async Task<T> Change<T>(
        Guid tenantId, Func<TenantBudget, AppBudget, DateTimeOffset, T> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await vault.CreateDbContextAsync(ct);
            var now = await Now(db, ct);
            var rows = await db.CallBudgets.Where(b => b.TenantId == tenantId || b.TenantId == App)
                .ToDictionaryAsync(b => b.TenantId, ct);
            var (ours, all) = (rows.GetValueOrDefault(tenantId), rows.GetValueOrDefault(App));
            var (tenant, app) = (Read<TenantBudget>(ours), Read<AppBudget>(all));
            var result = change(tenant, app, now);
            Put(db, tenantId, ours, tenant);
            Put(db, App, all, app);
            try
            {
                await db.SaveChangesAsync(ct);
                return result;
            }
            catch (DbUpdateException rival) when (
                attempt < Tries && (rival is DbUpdateConcurrencyException || ours is null || all is null))
            {
                // Another portal, or another organization's call, was faster: looked at anew.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 5 * Math.Min(attempt, 10))), time, ct);
            }
        }
    }

    /// <summary>What stays as it is, is not written.</summary>
    private static void Put<T>(VaultDb db, Guid tenantId, CallBudgetRow? row, T budget) where T : new()
    {
        var state = JsonSerializer.Serialize(budget);
        if (state == (row?.State ?? JsonSerializer.Serialize(new T()))) return;
        if (row is null) db.CallBudgets.Add(new CallBudgetRow { TenantId = tenantId, State = state });
        else (row.State, row.Version) = (state, row.Version + 1);
    }

    private static T Read<T>(CallBudgetRow? row) where T : new() =>
        row is null ? new T() : JsonSerializer.Deserialize<T>(row.State) ?? new T();

    /// <summary>The database's time, asked for now and then and carried on by our own monotonic clock.</summary>
    private async Task<DateTimeOffset> Now(VaultDb db, CancellationToken ct)
    {
        lock (gate)
        {
            if (clock is var (told, at) && time.GetElapsedTime(at) is var passed && passed < Trusted) return told + passed;
        }

        var asked = time.GetTimestamp();
        DateTimeOffset now = await db.Now(ct);
        lock (gate) clock = (now, asked);
        return now;
    }

    /// <returns>Whether this portal may make one more call of the app's minute without asking.</returns>
    private bool TakeFromBlock()
    {
        lock (gate)
        {
            if (block.Left == 0 || time.GetElapsedTime(block.At) > AppBudget.BlockLasts) return false;
            block.Left--;
            return true;
        }
    }

    private void GiveToBlock(int calls, bool isNew)
    {
        lock (gate) block = (block.Left + calls, isNew ? time.GetTimestamp() : block.At);
    }
}
