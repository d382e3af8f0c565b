namespace CountingKit.Sandbox.Google.State;

/// <summary>A person with a Google account. <paramref name="Sub"/> is their id at Google.</summary>
internal sealed record Person(string Email, string Name, string Sub);

/// <summary>What a person allowed one app. Disconnecting removes it, and every token with it.</summary>
internal sealed record Grant(string Email, string ClientId, IReadOnlyList<string> Scopes)
{
    public static string KeyOf(string clientId, string email) => clientId + "|" + email;
}

/// <summary>An authorization code, kept under its SHA-256.</summary>
/// <param name="Challenge">PKCE; null when the app sent none.</param>
internal sealed record PendingCode(
    string Email, string ClientId, string RedirectUri, IReadOnlyList<string> Scopes, string? Challenge,
        string? ChallengeMethod,
    string? Nonce, bool WithRefreshToken, DateTimeOffset ExpiresAt);

/// <summary>An access or refresh token, kept under its SHA-256. A service account's has no client.</summary>
/// <param name="UsedAt">Of a refresh token: one that is unused for six months dies.</param>
internal sealed record SignIn(
    string Email, string? ClientId, IReadOnlyList<string> Scopes, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt,
        DateTimeOffset UsedAt)
{
    public bool IsServiceAccount => ClientId is null;

    public bool HasAny(params ReadOnlySpan<string> scopes)
    {
        foreach (var scope in scopes)
            if (Scopes.Contains(scope)) return true;
        return false;
    }
}

/// <param name="PublicKey">SubjectPublicKeyInfo, base64. The private key was given away and is not kept.</param>
internal sealed record ServiceAccount(string Email, string KeyId, string PublicKey);

/// <param name="Role">owner, writer or reader.</param>
internal sealed record FilePermission(string Id, string Type, string Role, string? Email);

/// <summary>What Drive knows of a file. <paramref name="Apps"/> are the grants that drive.file lets see it.</summary>
internal sealed record DriveFile(
    string Id, string Name, string MimeType, string Owner, IReadOnlyList<FilePermission> Permissions,
        IReadOnlyList<string> Apps,
    IReadOnlyList<string> Parents, bool Trashed, long Version, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt)
{
    public const string Spreadsheet = "application/vnd.google-apps.spreadsheet";
    public const string Folder = "application/vnd.google-apps.folder";

    /// <summary>appProperties by app: each app sees its own alone.</summary>
    public Dictionary<string, Dictionary<string, string>> AppProperties { get; init; } = [];

    public string? RoleOf(string email) =>
        Permissions.Where(permission => permission.Type == "anyone" || Same(permission.Email, email))
            .Select(permission => permission.Role).OrderBy(Rank).FirstOrDefault();

    public bool MayEdit(string email) => RoleOf(email) is "owner" or "writer";

    public DriveFile Changed(DateTimeOffset now) => this with { Version = Version + 1, ModifiedAt = now };

    private static int Rank(string role) => role switch { "owner" => 0, "writer" => 1, _ => 2 };

    private static bool Same(string? left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Switches of the control interface.</summary>
/// <param name="RefreshTokenMissing">Code exchanges give no refresh token.</param>
/// <param name="RefreshTokenDays">How long new refresh tokens live; null for ever. 7 is an app in testing.</param>
internal sealed record GoogleSettings(
    bool RefreshTokenMissing, IReadOnlyList<string> UntickScopes, int? RefreshTokenDays, QuotaSettings Quota);

/// <param name="ReadPerMinute">Per person; a project has five times as many.</param>
internal sealed record QuotaSettings(bool On, int ReadPerMinute = 60, int WritePerMinute = 60);
