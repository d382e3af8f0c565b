using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Runs;

/// <summary>Asks a run to stop before its next step. One that has begun to write ends its write.</summary>
[Asks(Permission.Run)]
public sealed record CancelRun(Guid CommandId, Guid RunId) : ICommand<Appended>, IConcernsRun;

public sealed class CancelRunHandler(Streams streams) : IRequestHandler<CancelRun, Appended>
{
    public async Task<Appended> Handle(CancelRun command, CancellationToken ct) => (await streams.Transact(
        Run.StreamOf(command.RunId), Run.Decider, state => Run.Cancel(state, command.RunId), ct)).Appended;
}
