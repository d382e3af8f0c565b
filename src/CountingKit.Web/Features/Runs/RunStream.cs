using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CountingKit.Messaging;
using CountingKit.Runs;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Runs;

/// <summary>
/// A run's state as server-sent events: <c>changed</c> each time that its row changes, <c>ended</c> at last. The page asks
/// for its fragment then; so nothing is shown that the page itself would not show.
/// </summary>
internal sealed class RunStream(Guid runId, RunRow first) : IActionResult
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public Task ExecuteResultAsync(ActionContext context) =>
        TypedResults.ServerSentEvents(Changes(context.HttpContext, context.HttpContext.RequestAborted))
            .ExecuteAsync(context.HttpContext);

    private async IAsyncEnumerable<SseItem<string>> Changes(
        HttpContext http, [EnumeratorCancellation] CancellationToken ct)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var started = time.GetTimestamp();
        for (RunRow? shown = null, run = first; run is not null; run = await Next(http, ct))
        {
            if (run.HasEnded)
            {
                yield return new SseItem<string>(run.Status.ToString(), "ended");
                yield break;
            }

            if (shown is null || Differs(shown, run)) yield return new SseItem<string>(run.Step ?? run.Status.ToString(), "changed");
            shown = run;
            // A portal that stops lets go of its readers at once: they find another, or this one again.
            if (stopping.IsCancellationRequested || time.GetElapsedTime(started) > Longest) yield break;
            await Task.Delay(Look, time, ct);
        }
    }

    /// <returns>Null = the requester may not see it any more: the stream ends.</returns>
    private async Task<RunRow?> Next(HttpContext http, CancellationToken ct)
    {
        await using var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetRun(runId), ct);
        }
        catch (Exception gone) when (gone is NotFoundException or ForbiddenException or StrangerException)
        {
            return null;
        }
    }

    private static bool Differs(RunRow one, RunRow other) =>
        one.Status != other.Status || one.Step != other.Step || one.CancelRequested != other.CancelRequested
        || one.WaitsUntil != other.WaitsUntil;
}
