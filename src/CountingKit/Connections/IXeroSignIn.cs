using System.ComponentModel.DataAnnotations;

namespace CountingKit.Connections;

/// <summary>A person's consent at Xero: started here, answered by the browser that Xero sends back.</summary>
public interface IXeroSignIn
{
    /// <summary>What is missing before anybody can sign in at Xero; null = nothing.</summary>
    ErrorCode? Missing { get; }

    /// <summary>The permissions that the consent page will ask for, as Xero names them.</summary>
    IReadOnlyList<string> Scopes { get; }

    /// <summary>Organizations that Xero lets the app be connected to at once, by its tier; null = any number.</summary>
    int? MostOrganizations { get; }

    /// <summary>Remembers the sign-in for 10 minutes.</summary>
    /// <returns>Xero's consent page, for a top-level navigation of the same browser.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Missing"/> is not null.</exception>
    Task<Uri> Start(XeroSignInStart start, CancellationToken ct);

    /// <summary>
    /// Takes the answer, once. <c>state</c>, browser and member are judged before anything else, whatever came with them.
    /// The sign-in is stored before it is used; what is refused is ended at Xero.
    /// </summary>
    /// <param name="memberId">Who is signed in to the portal now: only who started a sign-in can finish it.</param>
    Task<XeroSignInOutcome> Answer(XeroSignInAnswer answer, Guid memberId, CancellationToken ct);

    /// <summary>What <see cref="Answer"/> gave, for the page that chooses.</summary>
    /// <returns>Null = not this member's sign-in, or nothing was granted.</returns>
    Task<XeroSignInGranted?> Find(Guid signInId, Guid memberId, CancellationToken ct);

    /// <summary>
    /// Makes a connection read this organization through the sign-in, in place of what it had before. Idempotent.
    /// </summary>
    /// <exception cref="XeroSignInException">
    /// The sign-in did not cover it, or was answered more than 12 minutes ago.
    /// </exception>
    Task Attach(Guid signInId, Guid connectionId, Guid tenantId, CancellationToken ct);

    /// <summary>
    /// Nothing is made of the sign-in: what it has just granted is ended at Xero, unless another connection or another
    /// sign-in stands on it. Where Xero is away it is done later. Not to be canceled.
    /// </summary>
    Task Decline(Guid signInId);
}

/// <param name="Browser">A random value kept in a cookie of this browser; only its hash is stored.</param>
/// <param name="ReconnectId">The connection that is being reconnected; null = a new one.</param>
/// <param name="CommandId">Names the sign-in: <c>signInId</c> elsewhere.</param>
/// <param name="RedirectUri">Registered with the Xero app; sent again, as it is, when the code is exchanged.</param>
public sealed record XeroSignInStart(
    Guid MemberId, Guid WorkspaceId, string Browser, Guid? ReconnectId, Guid CommandId, Uri RedirectUri);

/// <summary>What came to the redirect address, as it came; null = was not there.</summary>
/// <param name="Browser">The cookie of the browser that came.</param>
public sealed record XeroSignInAnswer(
    [property: MaxLength(2000)] string? State, [property: MaxLength(4000)] string? Code, [property: MaxLength(500)] string? Error,
    [property: MaxLength(4000)] string? ErrorDescription, [property: MaxLength(200)] string? Browser)
{
    /// <summary>Without the values: they are secrets.</summary>
    public override string ToString() => nameof(XeroSignInAnswer);
}

public abstract record XeroSignInOutcome;

/// <summary>The person allowed access, and the sign-in is stored.</summary>
/// <param name="ReconnectId">The connection that was to be reconnected: only its organization will do.</param>
/// <param name="PersonName">Who signed in at Xero; null = Xero did not say.</param>
/// <param name="Organizations">Just granted first, by name; then those that this sign-in reads here already.</param>
/// <param name="MissingScopes">Asked for and not granted: the connection will need attention.</param>
/// <param name="IsDeclined">Nothing was made of it, and nothing can be any more.</param>
public sealed record XeroSignInGranted(
    Guid SignInId, Guid WorkspaceId, Guid? ReconnectId, Guid XeroUserId, string? PersonName, string? PersonEmail,
    IReadOnlyList<XeroChoice> Organizations, IReadOnlyList<string> Scopes, IReadOnlyList<string> MissingScopes,
    bool IsDeclined = false)
    : XeroSignInOutcome;

/// <param name="ConnectionId">The connection that reads it in this workspace already; null = none.</param>
/// <param name="JustGranted">False = this person granted it earlier.</param>
public sealed record XeroChoice(
    Guid TenantId, string Name, Guid XeroConnectionId, Guid? ConnectionId, bool JustGranted);

/// <summary>Nothing was connected.</summary>
/// <param name="SignInId">Null = we know no such sign-in, or may not tell this browser.</param>
/// <param name="Detail">What Xero said, or which permissions it is about: foreign text; null = nothing.</param>
public sealed record XeroSignInFailed(
    ErrorCode Problem, Guid? SignInId = null, Guid? ReconnectId = null, string? Detail = null) : XeroSignInOutcome;

/// <summary>A choice that can't be carried out any more. Its message is for the person who chose.</summary>
public sealed class XeroSignInException(ErrorCode problem) : Exception($"{problem.Title}. {problem.Advice}")
{
    public ErrorCode Problem { get; } = problem;
}
