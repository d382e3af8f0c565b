using CountingKit.EventSourcing;
using MediatR;

namespace CountingKit.Messaging;

/// <summary>
/// Notes what a command's number stands for, just before its handler runs, and hands the command's context to what it
/// appends. What was not understood or not allowed uses up no number.
/// </summary>
public sealed class NumberingBehavior<TRequest, TResponse>(
    CurrentRequester current, CurrentCommand command, CommandNumbers numbers)
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not ICommand<TResponse> sent) return await next();
        if (sent.CommandId == Guid.Empty || sent is IBringsId { BroughtId: var brought } && brought == Guid.Empty) throw FormCodes.NoNumber.Refuse();

        var requester = current.Requester;
        // Another member's number is another command: nobody can claim or block what somebody else sent.
        var (id, since) = await numbers.Take(requester, sent, sent.CommandId, ct);
        command.Context = new CommandContext(id, id, id, requester.Actor, requester.WorkspaceId, current.Connections)
        {
            IsFirst = since is null,
            Since = since,
        };
        return await next();
    }
}
