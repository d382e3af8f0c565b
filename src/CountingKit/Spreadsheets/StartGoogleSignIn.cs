using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>Starts a sign-in at Google that is to connect an account.</summary>
/// <param name="Browser">A random value in a cookie of the member's browser, which must come back with the answer.</param>
/// <param name="RedirectUri">Registered with the Google client.</param>
[Asks(Permission.Connect), Touches(Organizations.None)]
public sealed record StartGoogleSignIn(Guid CommandId, [property: Secret, MaxLength(200)] string Browser, Uri RedirectUri) : ICommand<Uri>
{
    /// <summary>Without the cookie: it is a secret.</summary>
    public override string ToString() => nameof(StartGoogleSignIn);
}

/// <summary>Starts a sign-in at Google that is to reconnect this account: no other one will do.</summary>
[Asks(Permission.Connect)]
public sealed record StartGoogleReconnect(Guid CommandId, Guid AccountId, [property: Secret, MaxLength(200)] string Browser, Uri RedirectUri)
    : ICommand<Uri>, IConcernsGoogleAccount
{
    /// <summary>Without the cookie: it is a secret.</summary>
    public override string ToString() => nameof(StartGoogleReconnect);
}

internal sealed class StartGoogleSignInHandler(
    IGoogleSignIn google, Streams streams, CurrentRequester current)
    : IRequestHandler<StartGoogleSignIn, Uri>, IRequestHandler<StartGoogleReconnect, Uri>
{
    public Task<Uri> Handle(StartGoogleSignIn message, CancellationToken ct) =>
        Start(null, message.Browser, message.RedirectUri, ct);

    public async Task<Uri> Handle(StartGoogleReconnect message, CancellationToken ct)
    {
        GoogleAccount.Require(
            await streams.Read(GoogleAccount.StreamOf(message.AccountId), GoogleAccount.Decider, ct), AccountKind.Person);
        return await Start(message.AccountId, message.Browser, message.RedirectUri, ct);
    }

    private Task<Uri> Start(Guid? reconnectId, string browser, Uri redirectUri, CancellationToken ct)
    {
        if (google.Missing is { } missing) throw new RefusedException(missing);
        // A double click starts two sign-ins, each with an id of its own: two people may answer them.
        var requester = current.Requester;
        return google.Start(
            new GoogleSignInStart(
                requester.MemberId, requester.WorkspaceId, browser, reconnectId, Guid.CreateVersion7(), redirectUri),
            ct);
    }
}
