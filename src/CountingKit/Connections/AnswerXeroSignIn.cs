using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>
/// Takes what Xero sent the browser back with. What is granted is stored; connecting is another command.
/// </summary>
[Asks(Permission.Reconnect), Touches(Organizations.OwnSignIn)]
public sealed record AnswerXeroSignIn(Guid CommandId, [property: Secret] XeroSignInAnswer Answer) : ICommand<XeroSignInOutcome>;

internal sealed class AnswerXeroSignInHandler(IXeroSignIn signIn, CurrentRequester current)
    : IRequestHandler<AnswerXeroSignIn, XeroSignInOutcome>
{
    public Task<XeroSignInOutcome> Handle(AnswerXeroSignIn message, CancellationToken ct) =>
        signIn.Answer(message.Answer, current.Requester.MemberId, ct);
}
