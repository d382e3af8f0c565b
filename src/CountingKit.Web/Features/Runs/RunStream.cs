using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Web.Security;
using CountingKit.Workspaces;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Runs;

/// <summary>
/// The runs that go on, as server-sent events: <c>changed</c> with a run's id each time that its row changes, the last time
/// when it has ended, and <c>progress</c> when it only got on within its step. A page asks for its fragment then; so nothing is told that the page itself would not show. It ends
/// with the session, here at once and, when that ended in another portal, within seconds.
/// </summary>
internal sealed class RunStream(LiveSession session) : IActionResult
{
    /// <summary>Each page looks for itself: said at first, because something may have changed before the stream began.</summary>
    private const string Every = "*";

    private const string Changed = "changed";
    private const string Progress = "progress";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SessionPollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using (session)
        {
            var http = context.HttpContext;
            await TypedResults.ServerSentEvents(Changes(http, http.RequestAborted)).ExecuteAsync(http);
        }
    }

    private async IAsyncEnumerable<SseItem<string>> Changes(HttpContext http, [EnumeratorCancellation] CancellationToken ct)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            ct, session.Ended, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var (started, looked) = (time.GetTimestamp(), time.GetTimestamp());
        var shown = new Dictionary<Guid, WatchedRun>();
        yield return new(Every, Changed);
        while (time.GetElapsedTime(started) < Longest)
        {
            var isDue = time.GetElapsedTime(looked) > SessionPollInterval;
            if (isDue) looked = time.GetTimestamp();
            if (await Next(http, isDue, stop.Token) is not { } runs) yield break;

            var now = runs.ToDictionary(run => run.RunId);
            foreach (var run in now.Values)
                if (What(run, shown.GetValueOrDefault(run.RunId)) is { } what) yield return new(run.RunId.ToString(), what);
            foreach (var runId in shown.Keys.Where(runId => !now.ContainsKey(runId))) yield return new(runId.ToString(), Changed);
            shown = now;
            // Nobody watches what does not move: a page of a run that has just ended says so and asks no more.
            if (now.Count == 0) yield break;
            if (!await Pause(time, stop.Token)) yield break;
        }
    }

    /// <returns>Null = it is as it was.</returns>
    private static string? What(WatchedRun run, WatchedRun? before) =>
        run == before ? null : before is not null && run == before with { Progress = run.Progress } ? Progress : Changed;

    /// <returns>Null = the session or the membership is over, or nobody listens any more.</returns>
    private static async Task<IReadOnlyList<WatchedRun>?> Next(HttpContext http, bool withSession, CancellationToken ct)
    {
        await using var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        try
        {
            var sessions = scope.ServiceProvider.GetRequiredService<MemberSessions>();
            if (withSession && !await MemberCookie.IsOpen(http.User, sessions, ct)) return null;
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new WatchRuns(), ct);
        }
        catch (Exception gone) when (gone is ForbiddenException or StrangerException || ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <returns>False = it was cut short.</returns>
    private static async Task<bool> Pause(TimeProvider time, CancellationToken ct)
    {
        await Task.Delay(PollInterval, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ct.IsCancellationRequested;
    }
}
