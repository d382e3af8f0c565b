using System.Collections.Concurrent;
using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Testing.EventStoreDb.Grpc;
using CountingKit.Testing.EventStoreDb.Log;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>What the services of one running node share.</summary>
internal sealed class Node(
    EventStoreDbNode owner, EventLog log, EventStoreDbOptions options, EventStoreDbFaults faults,
    Connections connections, IMembership membership)
{
    private static readonly TimeSpan CommitPhase = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<Guid, bool> _pending = new();

    public EventLog Log => log;

    public EventStoreDbOptions Options => options;

    public EventStoreDbFaults Faults => faults;

    public IMembership Membership => membership;

    public Access Access { get; } = new(options, log);

    /// <summary>What every call on streams meets first.</summary>
    public async Task Admit(ServerCallContext context)
    {
        await Thawed(context);
        if (context.RequestHeaders.GetValue("requires-leader") == "true") membership.RequireLeader();
    }

    /// <summary>A node that hangs answers nothing until its caller gives up.</summary>
    public async Task Thawed(ServerCallContext context)
    {
        if (faults.IsFrozen) await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    public async Task<WriteResult> Write(IWrite write, ServerCallContext context)
    {
        var id = write is Append { Events: [var first, ..] } ? first.Id : (Guid?)null;
        if (id is { } repeated && _pending.ContainsKey(repeated)) throw await Dropped(context);
        var fault = faults.NextWrite(id);
        if (fault == CallFault.CommitPending && id is { } pending)
        {
            _pending[pending] = true;
            _ = Complete(pending, write);
            throw await Dropped(context);
        }

        if (fault is { } before) await Suffer(before, context);
        var result = await membership.Write(write);
        if (fault is { } after) await SufferAfter(after, context);
        return fault == CallFault.NoPosition && result is WriteResult.Written written
            ? written with { Position = null }
            : result;
    }

    public async Task BeginRead(ServerCallContext context)
    {
        if (faults.NextRead() is { } fault) await Suffer(fault, context);
    }

    /// <summary>A bounded read has given so many events.</summary>
    public void HasGiven(long events) => owner.HasGiven(events);

    /// <summary>Cuts the connection that a call came on.</summary>
    public Exception Reset(ServerCallContext context)
    {
        connections.Cut(context.GetHttpContext().Connection.Id);
        return Refusals.Unforeseen();
    }

    /// <summary>What the server does not answer, because the same is on its way already, ends with the time for it.</summary>
    private static async Task<Exception> Dropped(ServerCallContext context)
    {
        await Task.Delay(CommitPhase, context.CancellationToken);
        return Refusals.CommitTimeout();
    }

    private async Task Complete(Guid pending, IWrite write)
    {
        await Task.Delay(3 * CommitPhase);
        await membership.Write(write);
        _pending.TryRemove(pending, out _);
    }

    private async Task Suffer(CallFault fault, ServerCallContext context)
    {
        switch (fault)
        {
            case CallFault.NotReady: throw Refusals.NotReady();
            case CallFault.NotLeader:
                var (host, port) = faults.Leader ?? (EventStoreDbNode.Host, owner.Port);
                throw Refusals.NotLeader(host, port);
            case CallFault.ResetBefore: throw Reset(context);
            case CallFault.CommitTimeoutBefore: throw Refusals.CommitTimeout();
            case CallFault.SilenceBefore:
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
        }
    }

    private async Task SufferAfter(CallFault fault, ServerCallContext context)
    {
        switch (fault)
        {
            case CallFault.ResetAfter: throw Reset(context);
            case CallFault.CommitTimeoutAfter: throw Refusals.CommitTimeout();
            case CallFault.SilenceAfter:
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
        }
    }
}
