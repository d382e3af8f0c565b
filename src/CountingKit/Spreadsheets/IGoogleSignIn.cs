namespace CountingKit.Spreadsheets;

/// <summary>How CountingKit comes to write as a Google account: a person's consent, or a service account's key.</summary>
public interface IGoogleSignIn
{
    /// <summary>What is missing before anybody can sign in at Google; null = nothing. Service accounts need nothing.</summary>
    ErrorCode? Missing { get; }

    /// <summary>The permissions that the consent page will ask for, as Google names them.</summary>
    IReadOnlyList<string> Scopes { get; }

    /// <summary>The setting names a service account's key file that can be used as it is.</summary>
    bool HasServiceAccountFile { get; }

    /// <summary>Remembers the sign-in for 10 minutes.</summary>
    /// <returns>Google's consent page, for a top-level navigation of the same browser.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Missing"/> is not null.</exception>
    Task<Uri> Start(GoogleSignInStart start, CancellationToken ct);

    /// <summary>
    /// Takes the answer, once; <c>state</c> is judged before anything else. What was granted is stored, encrypted, under
    /// the account's id before this returns; what is refused is ended at Google.
    /// </summary>
    Task<GoogleSignInOutcome> Answer(GoogleSignInAnswer answer, CancellationToken ct);

    /// <summary>Checks a service account's key, signs in with it once, and stores it encrypted.</summary>
    /// <exception cref="SpreadsheetException">
    /// Not a key, made for another sign-in address, refused by Google, or another account's than the one to reconnect.
    /// </exception>
    Task<ServiceAccountKept> KeepServiceAccount(ServiceAccountOffer offer, CancellationToken ct);

    /// <summary>Ends the sign-in at Google and destroys it here. Done twice it is done once.</summary>
    /// <exception cref="SpreadsheetException">Google does not answer: nothing was forgotten yet.</exception>
    Task Forget(Guid accountId, CancellationToken ct);

    /// <summary>Ends what was granted more than 15 minutes ago and never became an account: at Google, and here.</summary>
    /// <param name="isConnected">Whether the log knows this account.</param>
    /// <returns>How many sign-ins were let go.</returns>
    Task<int> SweepOrphans(Func<Guid, CancellationToken, Task<bool>> isConnected, CancellationToken ct);

    /// <summary>What the vault knows of the accounts: addresses, and whether the sign-in is dead.</summary>
    Task<IReadOnlyDictionary<Guid, GoogleAccountState>> States(IReadOnlyCollection<Guid> accountIds, CancellationToken ct);
}

/// <param name="Browser">A random value kept in a cookie of this browser; only its hash is stored.</param>
/// <param name="ReconnectId">The account that signs in again; null = a new one.</param>
/// <param name="CommandId">Names the sign-in.</param>
/// <param name="RedirectUri">Registered with the Google client; sent again, as it is, when the code is exchanged.</param>
public sealed record GoogleSignInStart(
    Guid MemberId, Guid WorkspaceId, string Browser, Guid? ReconnectId, Guid CommandId, Uri RedirectUri);

/// <summary>What came to the redirect address, as it came; null = was not there.</summary>
/// <param name="MemberId">Who is signed in to the portal now: only who started a sign-in can finish it.</param>
/// <param name="Accounts">Those that the workspace has connected: one of them that signs in again stays that one.</param>
public sealed record GoogleSignInAnswer(
    string? State, string? Code, string? Error, string? Browser, Guid MemberId, IReadOnlyList<Guid> Accounts)
{
    /// <summary>Without the values: they are secrets.</summary>
    public override string ToString() => nameof(GoogleSignInAnswer);
}

/// <param name="CommandId">A new account's id is made from this and the address: a repeat finds the same.</param>
/// <param name="ReconnectId">The account that must be the key's; null = any.</param>
/// <param name="Accounts">Those that the workspace has connected.</param>
/// <param name="Json">The key file's content; null = the file that the setting names.</param>
public sealed record ServiceAccountOffer(
    Guid CommandId, Guid? ReconnectId, IReadOnlyList<Guid> Accounts, string? Json)
{
    /// <summary>Without the key: it is a secret.</summary>
    public override string ToString() => nameof(ServiceAccountOffer);
}

/// <param name="Email">The address to share spreadsheets with.</param>
public sealed record ServiceAccountKept(Guid AccountId, string Email, IReadOnlyList<string> Scopes);

public abstract record GoogleSignInOutcome;

/// <param name="AccountId">Stored under this id; a new account's own.</param>
/// <param name="IsNew">False = an account that signed in again.</param>
public sealed record GoogleSignInGranted(
    Guid SignInId, Guid WorkspaceId, Guid AccountId, bool IsNew, string Email, IReadOnlyList<string> Scopes)
    : GoogleSignInOutcome;

/// <summary>Nothing was connected.</summary>
/// <param name="Detail">Which permissions it is about, as Google names them; null = it is not about any.</param>
public sealed record GoogleSignInFailed(ErrorCode Problem, Guid? ReconnectId = null, string? Detail = null)
    : GoogleSignInOutcome;

/// <param name="Email">Whose account it is; the address to share spreadsheets with for a service account.</param>
/// <param name="DiedAt">UTC; set = Google accepts it no longer, or has ended it as it said it would.</param>
/// <param name="DeathCode">Why it does not; null = it does, or nobody knows.</param>
/// <param name="EndsAt">UTC: when Google will end it by itself, told in its last seven days; null = it lasts longer.</param>
public sealed record GoogleAccountState(
    string Email, DateTime ConnectedAt, DateTime? DiedAt, string? DeathCode = null, DateTime? EndsAt = null);
