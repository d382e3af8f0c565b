using System.Reflection;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Messaging;

/// <summary>
/// Checks who asks and in which workspace before any handler runs, and hands a command's context to what it appends.
/// A message without a declared permission does not get through.
/// </summary>
public sealed class AuthorizationBehavior<TRequest, TResponse>(
    IRequesterSource requesters, CurrentRequester current, CurrentCommand command, Ownership ownership,
    IDbContextFactory<VaultDb> vault, TimeProvider time)
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    private static readonly AsksAttribute? Asks = typeof(TRequest).GetCustomAttribute<AsksAttribute>();

    public async Task<TResponse> Handle(
        TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        if (Asks is null || request is not IMessage message)
            throw new InvalidOperationException($"{typeof(TRequest).Name} declares no permission.");

        var requester = await requesters.Current(ct) ?? throw new StrangerException();
        var connections = await ownership.Check(message, requester, ct);
        if (!requester.Role.May(Asks.Permission)) throw new ForbiddenException(Asks.Permission);

        current.Requester = requester;
        if (request is ICommand<TResponse> { CommandId: var commandId })
        {
            if (commandId == Guid.Empty) throw new RefusedException("CK-FORM-01", "The form has no number. Reload the page and send it again.");
            // Another member's number is another command: nobody can claim or block what somebody else sent.
            var own = DerivedId.From(requester.MemberId, typeof(TRequest).Name, commandId.ToString());
            command.Context = new CommandContext(own, own, own, requester.Actor, requester.WorkspaceId, connections);
            if (requester.Address is { } address) await Note(own, requester.MemberId, address, ct);
        }

        return await next();
    }

    private async Task Note(Guid commandId, Guid memberId, string address, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        if (await db.Access.AnyAsync(a => a.CommandId == commandId, ct)) return;
        db.Access.Add(new AccessRow
        {
            CommandId = commandId,
            MemberId = memberId,
            Address = address,
            At = time.GetUtcNow().UtcDateTime,
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // The same command at the same moment noted it first.
        }
    }
}

/// <summary>The requester of the message at hand, for its handler.</summary>
public sealed class CurrentRequester
{
    private Requester? requester;

    /// <exception cref="InvalidOperationException">No message is being handled.</exception>
    public Requester Requester
    {
        get => requester ?? throw new InvalidOperationException("No message is being handled.");
        set => requester = value;
    }
}
