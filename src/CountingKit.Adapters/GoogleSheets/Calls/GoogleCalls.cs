using CountingKit.EventSourcing;
using CountingKit.Spreadsheets;
using Google.Apis.Http;
using Google.Apis.Requests;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Calls to Google with patience: 8 attempts within 10 minutes at a limit, 5 when Google is down. In a lane a reading waits for
/// a limit of a minute, so that who reads much goes on from where it was; a longer one gives the lane back.
/// </summary>
internal sealed class GoogleCalls(WorkLanes lanes, TimeProvider time)
{
    /// <summary>Until when a person waits for what is asked here; null = nobody does.</summary>
    private readonly AsyncLocal<DateTimeOffset?> person = new();

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Google counts by the minute.</summary>
    private static readonly TimeSpan LongestOfAReading = TimeSpan.FromSeconds(90);

    /// <summary>What a person waits for on a page, all of it together.</summary>
    internal static readonly TimeSpan PatienceOfAPerson = TimeSpan.FromSeconds(25);

    /// <summary>For what is asked while a page waits: whoever waits is told before a proxy in between gives up.</summary>
    /// <exception cref="SpreadsheetException">Google did not answer in time, or as <paramref name="ask"/>.</exception>
    public async Task<T> ForAPerson<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        person.Value = time.GetUtcNow() + PatienceOfAPerson;
        using var patience = new CancellationTokenSource(PatienceOfAPerson, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested && GoogleFailure.Of(late, null, ct) is { } failure)
        {
            throw failure.ToException(time.GetUtcNow());
        }
    }

    /// <summary>For requests that may be carried out any number of times.</summary>
    /// <exception cref="SpreadsheetException">With the outcome decided.</exception>
    public async Task<T> Repeat<T>(ClientServiceRequest<T> request, CancellationToken ct)
    {
        var started = time.GetUtcNow();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await Once(request, ct);
            }
            catch (GoogleFailure failure)
            {
                if (!await Pause(failure, attempt, started, LongestOfAReading, ct)) throw failure.ToException(time.GetUtcNow());
            }
        }
    }

    /// <exception cref="GoogleFailure">For the caller to judge.</exception>
    public async Task<T> Once<T>(ClientServiceRequest<T> request, CancellationToken ct)
    {
        var note = new RetryAfterNote(time);
        request.AddUnsuccessfulResponseHandler(note);
        try
        {
            return await request.ExecuteAsync(ct) ?? throw GoogleFailure.Unreadable();
        }
        catch (Exception thrown) when (GoogleFailure.Of(thrown, note.Delay, ct) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>For a write: what was looked at before it should not be old, so that in a lane only a moment is waited.</summary>
    /// <param name="toItsEnd">Also when the work is woken: what was sent may still be carried out.</param>
    public Task<bool> Pause(
        GoogleFailure failure, int attempt, DateTimeOffset started, CancellationToken ct, bool toItsEnd = false) =>
        Pause(failure, attempt, started, WorkLanes.Moment, ct, toItsEnd);

    /// <summary>Waits until then, without the lane if it takes long, also when the work is woken.</summary>
    public Task WaitUntil(DateTimeOffset then, CancellationToken ct) =>
        then - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? lanes.Wait(wait, ct, toItsEnd: true) : Task.CompletedTask;

    /// <summary>Waits as long as the failure asks for; false = no patience is left.</summary>
    /// <param name="inLane">The longest that a lane is waited in for an answer that says when.</param>
    private async Task<bool> Pause(
        GoogleFailure failure, int attempt, DateTimeOffset started, TimeSpan inLane, CancellationToken ct, bool toItsEnd = false)
    {
        if (!failure.Retry || attempt + 1 >= (failure.IsLimit ? 8 : 5)) return false;
        var wait = GooglePause.After(attempt);
        if (failure.RetryAfter > wait) wait = failure.RetryAfter.Value;
        if (time.GetUtcNow() - started + wait > Longest || time.GetUtcNow() + wait > person.Value) return false;
        if (lanes.HasLane && failure.TellsWhen && wait > inLane) return false;
        await lanes.Wait(wait, ct, toItsEnd);
        return true;
    }

    /// <summary>The library's exceptions do not carry headers.</summary>
    private sealed class RetryAfterNote(TimeProvider time) : IHttpUnsuccessfulResponseHandler
    {
        public TimeSpan? Delay { get; private set; }

        public Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
        {
            Delay = args.Response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } when date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero => wait,
                _ => null,
            };
            return Task.FromResult(false);
        }
    }
}
