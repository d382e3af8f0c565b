using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>Notes that an account has signed in; what it granted is in the vault already.</summary>
[Asks(Permission.Connect)]
public sealed record ConnectGoogleAccount(Guid CommandId, Guid AccountId, AccountKind Kind, IReadOnlyList<string> Scopes)
    : ICommand<Appended>;

public sealed class ConnectGoogleAccountHandler(Streams streams) : IRequestHandler<ConnectGoogleAccount, Appended>
{
    public async Task<Appended> Handle(ConnectGoogleAccount command, CancellationToken ct) => (await streams.Transact(
        GoogleAccount.StreamOf(command.AccountId), GoogleAccount.Decider,
        state => GoogleAccount.Connect(state, command.AccountId, command.Kind, command.Scopes), ct)).Appended;
}
