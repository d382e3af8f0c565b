using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Spreadsheets;

/// <summary>Takes what Google sent the browser back with, once, and connects the account that was granted.</summary>
/// <param name="Browser">The cookie of the browser that came; null = it sent none.</param>
[Asks(Permission.Connect), Touches(Organizations.None)]
public sealed record AnswerGoogleSignIn(
    Guid CommandId, [property: Secret, MaxLength(2000)] string? State, [property: Secret, MaxLength(4000)] string? Code,
    [property: MaxLength(500)] string? Error, [property: Secret, MaxLength(200)] string? Browser)
    : ICommand<GoogleSignInAnswered>
{
    /// <summary>Without the values: they are secrets.</summary>
    public override string ToString() => nameof(AnswerGoogleSignIn);
}

/// <param name="Appended">Null = nothing was connected.</param>
public sealed record GoogleSignInAnswered(GoogleSignInOutcome Outcome, Appended? Appended);

internal sealed class AnswerGoogleSignInHandler(
    IGoogleSignIn google, ConnectedGoogleAccounts connected, Streams streams, CurrentRequester current)
    : IRequestHandler<AnswerGoogleSignIn, GoogleSignInAnswered>
{
    public async Task<GoogleSignInAnswered> Handle(AnswerGoogleSignIn message, CancellationToken ct)
    {
        var requester = current.Requester;
        var outcome = await google.Answer(
            new GoogleSignInAnswer(
                message.State, message.Code, message.Error, message.Browser, requester.MemberId,
                await connected.Of(requester.WorkspaceId, ct)),
            ct);
        if (outcome is not GoogleSignInGranted granted) return new(outcome, null);

        // Not to be canceled: the vault holds the sign-in, so the log must know of it.
        var done = await streams.Transact(
            GoogleAccount.StreamOf(granted.AccountId), GoogleAccount.Decider,
            state => GoogleAccount.Connect(state, granted.AccountId, AccountKind.Person, granted.Scopes),
            CancellationToken.None);
        return new(granted, done.Appended);
    }
}

/// <summary>The workspace's accounts that have not been disconnected.</summary>
public sealed class ConnectedGoogleAccounts(ReadModels readModels)
{
    public async Task<IReadOnlyList<Guid>> Of(Guid workspaceId, CancellationToken ct)
    {
        await using var db = readModels.Open();
        return await db.Set<GoogleAccountRow>().AsNoTracking()
            .Where(a => a.WorkspaceId == workspaceId && a.DisconnectedAt == null)
            .Select(a => a.AccountId).ToListAsync(ct);
    }
}
