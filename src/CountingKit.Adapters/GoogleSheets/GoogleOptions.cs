namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Section <c>Google</c> of the settings. Checked at start; see <see cref="GoogleOptionsCheck"/>.</summary>
public sealed record GoogleOptions
{
    public const string Section = "Google";

    /// <summary>Of the operator's own OAuth client; null = people cannot sign in, only service accounts work.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary><c>drive.file</c> or <c>spreadsheets</c>; several are separated by spaces.</summary>
    public string Scopes { get; init; } = "drive.file";

    /// <summary>A service account's key; a relative path counts from the content root. Null = none.</summary>
    public string? ServiceAccountFile { get; init; }

    public string AuthorizeUrl { get; init; } = "https://accounts.google.com/o/oauth2/v2/auth";

    /// <summary>The only token address that a service account's key may name.</summary>
    public string TokenUrl { get; init; } = "https://oauth2.googleapis.com/token";

    public string RevokeUrl { get; init; } = "https://oauth2.googleapis.com/revoke";

    /// <summary>Base of <c>v4/spreadsheets</c>.</summary>
    public string SheetsUrl { get; init; } = "https://sheets.googleapis.com/";

    /// <summary>Base of <c>drive/v3</c>.</summary>
    public string DriveUrl { get; init; } = "https://www.googleapis.com/";

    public bool CanSignIn => ClientId is { Length: > 0 } && ClientSecret is { Length: > 0 };

    /// <summary>Who may have made an identity token: Google, or what stands at the configured address.</summary>
    internal IEnumerable<string> Issuers =>
        ["https://accounts.google.com", "accounts.google.com", new Uri(AuthorizeUrl).GetLeftPart(UriPartial.Authority)];

    internal Uri Token => new(TokenUrl);

    internal Uri Revoke => new(RevokeUrl);

    internal string SheetsBase => WithSlash(SheetsUrl);

    internal string DriveBase => WithSlash(DriveUrl) + "drive/v3/";

    /// <summary>For people, to open a spreadsheet: made here and never taken from an answer.</summary>
    internal string AddressOf(string spreadsheetId) =>
        (new Uri(SheetsBase).Host == "sheets.googleapis.com" ? "https://docs.google.com/" : SheetsBase)
        + $"spreadsheets/d/{Uri.EscapeDataString(spreadsheetId)}/edit";

    /// <summary>What a person is asked for, as whole scope addresses, without the ones that say who they are.</summary>
    internal IReadOnlyList<string> RequiredScopes => GoogleScopes.Expand(Scopes);

    /// <summary>Holds a secret: never printed whole.</summary>
    public override string ToString() => $"Google ({SheetsUrl}, {(CanSignIn ? "with" : "without")} OAuth client)";

    private static string WithSlash(string url) => url.EndsWith('/') ? url : url + "/";
}
