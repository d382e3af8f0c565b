namespace CountingKit.Workspaces;

/// <summary>What stays open on a session in this process, such as a live stream: it is cut the moment the session ends.</summary>
public sealed class LiveSessions
{
    /// <summary>How many streams a member may have open at once, in all browsers together.</summary>
    public const int Most = 5;

    private readonly HashSet<LiveSession> open = [];

    /// <returns>Null = the member has enough of them.</returns>
    public LiveSession? Open(Guid memberId, Guid sessionId)
    {
        lock (open)
        {
            if (open.Count(o => o.MemberId == memberId) >= Most) return null;
            var opened = new LiveSession(this, memberId, sessionId);
            open.Add(opened);
            return opened;
        }
    }

    /// <param name="sessionId">Null = every session of the member.</param>
    public void End(Guid memberId, Guid? sessionId = null)
    {
        List<LiveSession> ended;
        lock (open)
            ended = [.. open.Where(o => o.MemberId == memberId && (sessionId is null || o.SessionId == sessionId))];
        foreach (var one in ended) one.End();
    }

    internal void Remove(LiveSession closed)
    {
        lock (open) open.Remove(closed);
    }
}

/// <summary>Something that is open on a session, until it is disposed.</summary>
public sealed class LiveSession : IDisposable
{
    private readonly LiveSessions all;
    private readonly CancellationTokenSource ended = new();

    internal LiveSession(LiveSessions all, Guid memberId, Guid sessionId)
    {
        (this.all, MemberId, SessionId) = (all, memberId, sessionId);
        Ended = ended.Token;
    }

    public Guid MemberId { get; }

    public Guid SessionId { get; }

    /// <summary>Canceled when the session ends.</summary>
    public CancellationToken Ended { get; }

    public void Dispose()
    {
        all.Remove(this);
        lock (ended) ended.Dispose();
    }

    internal void End()
    {
        lock (ended)
        {
            try
            {
                ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It was closed at the same moment.
            }
        }
    }
}
