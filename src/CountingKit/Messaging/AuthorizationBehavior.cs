using System.Reflection;
using MediatR;

namespace CountingKit.Messaging;

/// <summary>
/// Checks who asks and in which workspace before any handler runs. A message without a declared permission, or one that
/// does not say which organizations it touches, does not get through.
/// </summary>
public sealed class AuthorizationBehavior<TRequest, TResponse>(
    IRequesterSource requesters, CurrentRequester current, Ownership ownership)
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    private static readonly AsksAttribute? Asks = typeof(TRequest).GetCustomAttribute<AsksAttribute>();
    private static readonly Organizations? Touches = OrganizationsOf.Message(typeof(TRequest));

    public async Task<TResponse> Handle(
        TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        if (Asks is null || request is not IMessage message)
            throw new InvalidOperationException($"{typeof(TRequest).Name} declares no permission.");
        if (Touches is null)
            throw new InvalidOperationException($"{typeof(TRequest).Name} does not say which organizations it touches.");

        var requester = await requesters.Current(ct) ?? throw new StrangerException();
        var connections = await ownership.Check(message, requester, ct);
        if (!requester.Role.May(Asks.Permission)) throw new ForbiddenException(Asks.Permission);

        (current.Requester, current.Connections) = (requester, connections);
        return await next();
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

    /// <summary>The organizations that the message names; empty = none in particular.</summary>
    public IReadOnlyList<Guid> Connections { get; internal set; } = [];
}
