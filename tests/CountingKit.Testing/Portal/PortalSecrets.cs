namespace CountingKit.Testing.Portal;

/// <summary>What a portal is started with and must never show; each unlike anything else, to be found.</summary>
public sealed record PortalSecrets(
    string OwnerPassword, string ApiKey, string XeroClientSecret, string GoogleClientSecret)
{
    public const string OwnerEmail = "olivia@example.com";

    public IReadOnlyList<string> All => [OwnerPassword, ApiKey, XeroClientSecret, GoogleClientSecret];

    public static PortalSecrets New() => new(
        $"owner {Guid.CreateVersion7():N}", $"ck_{Guid.CreateVersion7():N}", $"xero/{Guid.CreateVersion7():N}",
        $"google/{Guid.CreateVersion7():N}");
}
