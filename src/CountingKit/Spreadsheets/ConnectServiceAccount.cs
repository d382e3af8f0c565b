using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>Connects a service account by its key.</summary>
/// <param name="Key">The key file's content; null = the file that the settings name.</param>
[Asks(Permission.Connect), Touches(Organizations.None)]
public sealed record ConnectServiceAccount(
    Guid CommandId, [property: Secret, MaxLength(ConnectServiceAccount.LongestKey)] string? Key)
    : ICommand<ServiceAccountConnected>
{
    /// <summary>In characters; a real key has about 2,400.</summary>
    public const int LongestKey = 20_000;

    /// <summary>Without the key: it is a secret.</summary>
    public override string ToString() => nameof(ConnectServiceAccount);
}

/// <summary>Gives a connected service account a new key.</summary>
[Asks(Permission.Connect)]
public sealed record ReconnectServiceAccount(
    Guid CommandId, Guid AccountId, [property: Secret, MaxLength(ConnectServiceAccount.LongestKey)] string? Key)
    : ICommand<ServiceAccountConnected>, IConcernsGoogleAccount
{
    /// <summary>Without the key: it is a secret.</summary>
    public override string ToString() => nameof(ReconnectServiceAccount);
}

/// <param name="Email">The address to share spreadsheets with.</param>
public sealed record ServiceAccountConnected(Guid AccountId, string Email, Appended Appended);

internal sealed class ConnectServiceAccountHandler(
    IGoogleSignIn google, ConnectedGoogleAccounts connected, Streams streams, CurrentRequester current,
    CurrentCommand command)
    : IRequestHandler<ConnectServiceAccount, ServiceAccountConnected>,
        IRequestHandler<ReconnectServiceAccount, ServiceAccountConnected>
{
    public Task<ServiceAccountConnected> Handle(ConnectServiceAccount message, CancellationToken ct) =>
        Keep(null, message.Key, ct);

    public async Task<ServiceAccountConnected> Handle(ReconnectServiceAccount message, CancellationToken ct)
    {
        GoogleAccount.Require(
            await streams.Read(GoogleAccount.StreamOf(message.AccountId), GoogleAccount.Decider, ct),
            AccountKind.ServiceAccount);
        return await Keep(message.AccountId, message.Key, ct);
    }

    private async Task<ServiceAccountConnected> Keep(Guid? reconnectId, string? key, CancellationToken ct)
    {
        var offer = new ServiceAccountOffer(
            command.Context.CommandId, reconnectId,
            await connected.Of(current.Requester.WorkspaceId, ct), key);
        var kept = await Refusals.Of(() => google.KeepServiceAccount(offer, ct));
        var done = await streams.Transact(
            GoogleAccount.StreamOf(kept.AccountId), GoogleAccount.Decider,
            state => GoogleAccount.Connect(state, kept.AccountId, AccountKind.ServiceAccount, kept.Scopes),
            CancellationToken.None);
        return new(kept.AccountId, kept.Email, done.Appended);
    }
}
