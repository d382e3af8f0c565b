using System.Collections.Concurrent;
using System.Net;
using CountingKit.Runs;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// Xero's limits (developer.xero.com, OAuth 2.0 limits), kept from our side: 5 calls at once, 60 a minute and 1,000 or
/// 5,000 a day per organization, 10,000 a minute in all. Every call for an organization passes here and waits its turn.
/// </summary>
internal sealed class XeroBudget(IOptions<XeroOptions> options, TimeProvider time)
{
    private const int AppPerMinute = 9_500;
    private static readonly TimeSpan LongestMinute = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, TenantBudget> tenants = new();
    private readonly MinuteWindow app = new(AppPerMinute);
    private readonly Lock gate = new();

    /// <summary>Waits until a call may start. The turn lasts until it is disposed.</summary>
    /// <exception cref="SourceException"><see cref="SourceProblem.DayLimit"/>: nothing more today.</exception>
    public async Task<Turn> Enter(Guid tenantId, bool urgent, CancellationToken ct)
    {
        var tenant = Of(tenantId);
        await tenant.Places.WaitAsync(ct);
        try
        {
            while (Begin(tenant, urgent) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);
            return new Turn(this, tenant);
        }
        catch
        {
            tenant.Places.Release();
            throw;
        }
    }

    /// <summary>What Xero last said is left of the day; null = it has not been asked since the start.</summary>
    public int? Remaining(Guid tenantId)
    {
        lock (gate) return Of(tenantId).Day.Told;
    }

    private TenantBudget Of(Guid tenantId) =>
        tenants.GetOrAdd(tenantId, static (_, limit) => new TenantBudget(limit), options.Value.DayLimit);

    private TimeSpan Begin(TenantBudget tenant, bool urgent)
    {
        lock (gate) return tenant.Begin(time.GetUtcNow(), urgent, app);
    }

    private void Learn(TenantBudget tenant, HttpStatusCode status, XeroHeaders headers)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            tenant.Learn(headers, now, app);
            if (status != HttpStatusCode.TooManyRequests) return;

            var limit = LimitOf(headers);
            var pause = headers.RetryAfter ?? TimeSpan.FromSeconds(
                limit == XeroLimit.Concurrent ? 1 + Random.Shared.NextDouble() : 60);
            if (limit == XeroLimit.Day) tenant.Day.Refused(now, headers.RetryAfter);
            else if (limit == XeroLimit.AppMinute) app.PauseUntil(now + pause);
            else tenant.Minute.PauseUntil(now + pause);
        }
    }

    /// <summary>Spellings vary (<c>day</c>, <c>DayLimit</c>); a nameless wait beyond minutes is the day's.</summary>
    public static XeroLimit LimitOf(XeroHeaders headers)
    {
        var problem = headers.LimitProblem ?? "";
        if (problem.Contains("day", StringComparison.OrdinalIgnoreCase)) return XeroLimit.Day;
        if (problem.Contains("app", StringComparison.OrdinalIgnoreCase)) return XeroLimit.AppMinute;
        if (problem.Contains("min", StringComparison.OrdinalIgnoreCase)) return XeroLimit.Minute;
        if (headers.RetryAfter > LongestMinute) return XeroLimit.Day;
        return XeroLimit.Concurrent;
    }

    private void End(TenantBudget tenant)
    {
        lock (gate) tenant.End();
        tenant.Places.Release();
    }

    /// <summary>One call that may be made now.</summary>
    internal sealed class Turn(XeroBudget budget, TenantBudget tenant) : IDisposable
    {
        private bool ended;

        public void Learn(HttpStatusCode status, XeroHeaders headers) => budget.Learn(tenant, status, headers);

        public void Dispose()
        {
            if (ended) return;
            ended = true;
            budget.End(tenant);
        }
    }
}

internal enum XeroLimit
{
    Concurrent,
    Minute,
    AppMinute,
    Day,
}
