using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>
/// Revokes an account's sign-in at Google and destroys it here. Its spreadsheets stay as they are; exporters that write to
/// them fail until another account is connected.
/// </summary>
[Asks(Permission.Connect)]
public sealed record DisconnectGoogleAccount(Guid CommandId, Guid AccountId) : ICommand<Appended>, IConcernsGoogleAccount;

public sealed class DisconnectGoogleAccountHandler(Streams streams) : IRequestHandler<DisconnectGoogleAccount, Appended>
{
    public async Task<Appended> Handle(DisconnectGoogleAccount command, CancellationToken ct) => (await streams.Transact(
        GoogleAccount.StreamOf(command.AccountId), GoogleAccount.Decider,
        state => GoogleAccount.RequestDisconnect(state, command.AccountId), ct)).Appended;
}

public sealed record GoogleAccountWork(Guid AccountId);

/// <summary>Has a disconnected account's sign-in destroyed.</summary>
public sealed class GoogleAccountReactor : IReactor
{
    public string Name => "google-accounts";

    public Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
    {
        if (recorded.Event is GoogleDisconnectRequested e)
            reaction.Queue(GoogleDisconnectWorker.WorkKind, e.AccountId.ToString("N"), new GoogleAccountWork(e.AccountId));
        return Task.CompletedTask;
    }
}

/// <summary>Revokes at Google, destroys here, then says so. Taken up again anywhere, it finds what is left to do.</summary>
public sealed class GoogleDisconnectWorker(
    IGoogleSignIn google, Streams streams, CurrentCommand current, TimeProvider time) : IWorker
{
    public const string WorkKind = "google-disconnect";
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var accountId = item.Read<GoogleAccountWork>().AccountId;
        current.Context = item.Context("disconnected", []);
        try
        {
            await google.Forget(accountId, ct);
        }
        catch (SpreadsheetException unanswered) when (unanswered.Problem == SpreadsheetProblem.Unavailable)
        {
            return new WorkResult.Again(time.GetUtcNow() + Later);
        }

        await streams.Transact(
            GoogleAccount.StreamOf(accountId), GoogleAccount.Decider,
            state => GoogleAccount.FinishDisconnect(state, accountId), ct);
        return new WorkResult.Done();
    }
}
