using System.Collections.Concurrent;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>What is left, and which limit refuses the call, if one does.</summary>
/// <param name="Problem">minute, day, appminute or concurrent; null: go on.</param>
/// <param name="RetryAfter">Whole seconds, 1 or more; null: Xero does not say.</param>
internal sealed record LimitAnswer(string? Problem, int? RetryAfter, int Minute, int Day, int AppMinute)
{
    public void WriteTo(IHeaderDictionary headers)
    {
        headers["X-MinLimit-Remaining"] = $"{Minute}";
        headers["X-DayLimit-Remaining"] = $"{Day}";
        headers["X-AppMinLimit-Remaining"] = $"{AppMinute}";
        if (Problem is not null) headers["X-Rate-Limit-Problem"] = Problem;
        if (RetryAfter is { } seconds) headers.RetryAfter = $"{seconds}";
    }
}

/// <summary>
/// Calls per app and organization, in fixed windows that start with their first call (reference: developer.xero.com,
/// faq/limits). A refused call is not counted. Calls in progress are counted from their arrival.
/// </summary>
internal sealed class CallLimits(XeroState state, XeroSwitches switches, TimeProvider clock)
{
    private const int AppMinuteLimit = 10_000;
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;
    private readonly ConcurrentDictionary<string, int> _inProgress = new();

    public async Task CountInProgress(HttpContext context, RequestDelegate next)
    {
        var tenant = context.Request.Headers["Xero-Tenant-Id"].ToString();
        var counted = tenant.Length > 0 && context.Request.Path.StartsWithSegments("/api.xro");
        if (counted)
            context.Features.Set(new Crowd(_inProgress.AddOrUpdate(tenant, 1, (_, calls) => calls + 1)));
        try
        {
            await next(context);
        }
        finally
        {
            if (counted) _inProgress.AddOrUpdate(tenant, 0, (_, calls) => calls - 1);
        }
    }

    public LimitAnswer Take(HttpContext context, string clientId, string tenantId)
    {
        var settings = switches.Now;
        if (!settings.LimitsOn) return new(null, null, settings.MinuteLimit, settings.DayLimit, AppMinuteLimit);

        return state.File.Transact(session =>
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var minute = Window.Read(session, clientId, tenantId, "minute", now, Minute, settings.MinuteLimit);
            var day = Window.Read(session, clientId, tenantId, "day", now, Day, settings.DayLimit);
            var app = Window.Read(session, clientId, "", "app", now, Minute, AppMinuteLimit);

            var busy = context.Features.Get<Crowd>()?.Calls > settings.ConcurrentLimit;
            var full = new[] { day, minute, app }.FirstOrDefault(window => window.Left <= 0);
            if (busy || full is not null)
            {
                return new LimitAnswer(busy ? "concurrent" : full!.Problem, busy ? null : full!.SecondsToGo(now),
                    minute.Left, day.Left, app.Left);
            }

            minute.Count(session);
            day.Count(session);
            app.Count(session);
            return new LimitAnswer(null, null, minute.Left - 1, day.Left - 1, app.Left - 1);
        });
    }

    /// <summary>Calls in progress when this one arrived, itself included.</summary>
    private sealed record Crowd(int Calls);

    private sealed record Window(
        string ClientId, string TenantId, string Kind, long Started, long Length, int Used, int Limit)
    {
        public int Left => Limit - Used;
        public string Problem => Kind == "app" ? "appminute" : Kind;

        public static Window Read(
            SandboxSession session, string clientId, string tenantId, string kind, long now, long length, int limit) =>
            session.First("""
                SELECT started, used FROM windows
                WHERE client_id = $1 AND tenant_id = $2 AND kind = $3 AND started > $4
                """,
                row => new Window(clientId, tenantId, kind, row.GetInt64(0), length, row.GetInt32(1), limit),
                clientId, tenantId, kind, now - length)
            ?? new Window(clientId, tenantId, kind, now, length, 0, limit);

        public int SecondsToGo(long now) => Math.Max(1, (int)((Started + Length - now + 999) / 1000));

        public void Count(SandboxSession session) => session.Execute("""
            INSERT INTO windows VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (client_id, tenant_id, kind) DO UPDATE SET started = $4, used = $5
            """, ClientId, TenantId, Kind, Started, Used + 1);
    }
}
