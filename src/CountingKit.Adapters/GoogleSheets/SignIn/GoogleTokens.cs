using CountingKit.Adapters.SignIns;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>What the token address answered. Holds secrets: a class, so that nothing prints its members.</summary>
public sealed class GoogleTokens
{
    public required string AccessToken { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null when an earlier one goes on being valid.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Whole addresses, as granted.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Who signed in: Google's id (<c>sub</c>); null = not told.</summary>
    public string? Subject { get; init; }

    public string? Email { get; init; }

    /// <summary>UTC: when Google will end the sign-in by itself; null = it lasts.</summary>
    public DateTimeOffset? SignInEndsAt { get; init; }

    /// <summary>What is wrong with the identity that came along.</summary>
    internal IdTokenFlaw Flaw { get; init; }
}

/// <summary>What must be kept between leaving for Google and coming back. Holds a secret.</summary>
/// <param name="redirectUri">The very address that was registered.</param>
/// <param name="state">Unguessable, used once.</param>
/// <param name="verifier">PKCE; see <see cref="Pkce"/>.</param>
public sealed class GoogleSignInRequest(Uri redirectUri, string state, string verifier)
{
    public Uri RedirectUri { get; } = redirectUri;

    public string State { get; } = state;

    public string Verifier { get; } = verifier;

    /// <summary>Suggests the account on Google's page; null = the person chooses.</summary>
    public string? LoginHint { get; init; }

    /// <summary>
    /// Lets the person choose existing spreadsheets on Google's page (redirect picker). Asks for drive.file alone, so
    /// the answer does not say who signed in.
    /// </summary>
    public bool ChooseFiles { get; init; }
}
