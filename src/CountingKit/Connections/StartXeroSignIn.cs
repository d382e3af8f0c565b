using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>Starts a sign-in at Xero that is to connect an organization.</summary>
/// <param name="Browser">
/// A random value in a cookie of the member's browser, which must come back with the answer.
/// </param>
/// <param name="RedirectUri">Registered with the Xero app.</param>
[Asks(Permission.Connect), Touches(Organizations.None)]
public sealed record StartXeroSignIn(Guid CommandId, [property: Secret, MaxLength(200)] string Browser, Uri RedirectUri) : ICommand<Uri>
{
    /// <summary>Without the cookie: it is a secret.</summary>
    public override string ToString() => nameof(StartXeroSignIn);
}

/// <summary>Starts a sign-in at Xero that is to reconnect this connection: no other organization will do.</summary>
[Asks(Permission.Reconnect)]
public sealed record StartXeroReconnect(Guid CommandId, Guid ConnectionId, [property: Secret, MaxLength(200)] string Browser, Uri RedirectUri)
    : ICommand<Uri>, IConcernsConnection
{
    /// <summary>Without the cookie: it is a secret.</summary>
    public override string ToString() => nameof(StartXeroReconnect);
}

internal sealed class StartXeroSignInHandler(
    IXeroSignIn signIn, Streams streams, CurrentRequester current)
    : IRequestHandler<StartXeroSignIn, Uri>, IRequestHandler<StartXeroReconnect, Uri>
{
    public Task<Uri> Handle(StartXeroSignIn message, CancellationToken ct) =>
        Start(null, message.Browser, message.RedirectUri, ct);

    public async Task<Uri> Handle(StartXeroReconnect message, CancellationToken ct)
    {
        Connection.Connected(await streams.Read(Connection.StreamOf(message.ConnectionId), Connection.Decider, ct));
        return await Start(message.ConnectionId, message.Browser, message.RedirectUri, ct);
    }

    private Task<Uri> Start(Guid? reconnectId, string browser, Uri redirectUri, CancellationToken ct)
    {
        if (signIn.Missing is { } missing)
            throw new RefusedException(missing);
        // A double click starts two sign-ins, each with a state of its own; the browser goes on with one.
        var requester = current.Requester;
        return signIn.Start(
            new XeroSignInStart(
                requester.MemberId, requester.WorkspaceId, browser, reconnectId, Guid.CreateVersion7(), redirectUri),
            ct);
    }
}
