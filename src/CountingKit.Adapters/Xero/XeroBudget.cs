using System.Collections.Concurrent;
using System.Net;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// Xero's limits (developer.xero.com, OAuth 2.0 limits), kept from our side: 5 calls at once, 60 a minute and 1,000 or
/// 5,000 a day per organization, 10,000 a minute in all. Every call of every portal on the vault for an organization
/// passes here and waits its turn.
/// </summary>
internal sealed class XeroBudget(
    BudgetStore store, XeroPatience patience, IOptions<XeroOptions> options, WorkLanes lanes, TimeProvider time,
    ILogger<XeroBudget> log)
{
    /// <summary>So long a vault that does not answer is asked; then this portal goes on alone, at half the pace.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Our minute, and a little: who is told to wait longer is told so, instead of waiting here.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(65);

    /// <summary>Beyond a call's own limit of time.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Guid, Line> lines = new();
    private readonly BudgetLimits limits = BudgetLimits.Of(options.Value);

    /// <summary>Waits until a call may start. The turn lasts until it is disposed.</summary>
    /// <exception cref="SourceException">
    /// <see cref="SourceProblem.DayLimit"/>: nothing more today. <see cref="SourceProblem.Unavailable"/>: not for minutes.
    /// </exception>
    public async Task<Turn> Enter(Guid tenantId, bool urgent, CancellationToken ct)
    {
        var line = lines.GetOrAdd(tenantId, static (id, most) => new Line(id, most), limits.AtOnce);
        var call = Guid.CreateVersion7();
        while (true)
        {
            await lanes.Wait(line.Places, ct);
            var (begun, wait) = (false, TimeSpan.Zero);
            try
            {
                while ((wait = await Begin(line, call, urgent, ct)) > TimeSpan.Zero && wait <= WorkLanes.Moment)
                    await lanes.Wait(wait, ct);
                begun = wait == TimeSpan.Zero;
            }
            finally
            {
                // Who waits longer gives its lane away, and keeps no place until it has one again.
                if (!begun) line.Places.Release();
            }

            if (begun) return new Turn(this, line, call);
            if (wait > LongestWait)
                throw Refusals.Because(
                    SourceProblem.Unavailable, XeroCodes.MinuteLimit, retryAt: time.GetUtcNow() + wait);
            await lanes.Wait(wait, ct);
        }
    }

    /// <summary>What Xero said within the last day is left of it; null = it has not said.</summary>
    public async Task<int?> Remaining(Guid tenantId, CancellationToken ct) =>
        await store.Look(tenantId, (budget, now) => budget.Day.ToldAt > now.AddDays(-1) ? budget.Day.Told : null, ct);

    /// <summary>How long the organization's minute lets no call begin; zero = it is not used up.</summary>
    public Task<TimeSpan> WaitOfMinute(Guid tenantId, CancellationToken ct) =>
        store.Look(tenantId, (budget, now) => budget.Minute.Wait(now, limits.PerMinute), ct);

    /// <summary>How long the minute of all organizations together lets no call begin; zero = it is not used up.</summary>
    public Task<TimeSpan> WaitOfAppMinute(CancellationToken ct) =>
        store.LookAtApp((budget, now) => budget.Wait(now, takesBlock: true), ct);

    /// <summary>One of a portal asks at a time: who is in front goes first.</summary>
    private async Task<TimeSpan> Begin(Line line, Guid call, bool urgent, CancellationToken ct)
    {
        await line.Gate.WaitAsync(ct);
        var asked = time.GetTimestamp();
        try
        {
            while (true)
            {
                try
                {
                    var (wait, known) = await store.Begin(line.TenantId, call, urgent, patience.Attempt + Margin, limits, ct);
                    line.Known = known;
                    return wait;
                }
                catch (Exception away) when (away is not (SourceException or OperationCanceledException))
                {
                    if (time.GetElapsedTime(asked) > Timeout)
                    {
                        log.LogWarning(away, "The vault does not answer: Xero is asked at half the pace");
                        return line.Known.Begin(
                            call, time.GetUtcNow(), urgent, patience.Attempt + Margin, limits.Half);
                    }
                }

                await Task.Delay(Pause, time, ct);
            }
        }
        finally
        {
            line.Gate.Release();
        }
    }

    /// <summary>Never fails: what is not written down is over when its time is.</summary>
    private async Task End(Line line, Guid call, (HttpStatusCode, XeroHeaders)? answer)
    {
        try
        {
            using var limit = new CancellationTokenSource(Timeout, time);
            await store.End(line.TenantId, call, answer, limit.Token);
        }
        catch (Exception away)
        {
            log.LogWarning(away, "The end of a call to Xero could not be written down");
            line.Known.End(call, time.GetUtcNow(), answer);
        }
        finally
        {
            line.Places.Release();
        }
    }

    /// <summary>Those of this portal who wait for one organization.</summary>
    internal sealed class Line(Guid tenantId, int most)
    {
        public Guid TenantId { get; } = tenantId;

        public SemaphoreSlim Places { get; } = new(most, most);

        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>As it was when the vault last told.</summary>
        public TenantBudget Known { get; set; } = new();
    }

    /// <summary>One call that may be made now.</summary>
    internal sealed class Turn(XeroBudget budget, Line line, Guid call) : IAsyncDisposable
    {
        private (HttpStatusCode, XeroHeaders)? answer;
        private bool ended;

        public void Learn(HttpStatusCode status, XeroHeaders headers) => answer = (status, headers);

        public async ValueTask DisposeAsync()
        {
            if (ended) return;
            ended = true;
            await budget.End(line, call, answer);
        }
    }
}
