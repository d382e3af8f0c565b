using CountingKit.Connections;

namespace CountingKit.Tests.Connections;

/// <summary>An organization, its connection, and what happens to it.</summary>
internal static class Acme
{
    public const string Name = "Acme  Ltd";
    public const string InvoicesScope = "accounting.invoices.read";

    public static readonly Guid Tenant = Guid.Parse("11111111-0000-4000-8000-000000000001");
    public static readonly Guid Connection = Guid.Parse("22222222-0000-4000-8000-000000000001");
    public static readonly Guid Workspace = Guid.Parse("33333333-0000-4000-8000-000000000001");
    public static readonly Guid XeroUser = Guid.Parse("44444444-0000-4000-8000-000000000001");
    public static readonly Guid SignIn = Guid.Parse("55555555-0000-4000-8000-000000000001");
    public static readonly IReadOnlyList<string> Scopes = [InvoicesScope, "accounting.settings.read"];

    public static OrganizationClaimed Claimed => new(Connection, Tenant, Workspace, Name, XeroUser, Scopes);

    public static OrganizationConnected Connected => new(Connection, Tenant, Name, XeroUser, Scopes);

    public static OrganizationReconnected Reconnected => new(Connection, Tenant, Name, XeroUser, Scopes, SignIn);

    public static OrganizationDescribed Described => new(
        Connection, Name, "Acme Limited", "GB", "GBP", 31, 3, "GMTSTANDARDTIME", "!aCmE", "ACTIVE", IsDemo: false);

    public static DisconnectRequested DisconnectRequested => new(Connection, Tenant);

    public static OrganizationReleased Released => new(Connection, Tenant);

    public static OrganizationDisconnected Disconnected => new(Connection, Tenant);

    /// <summary>What a person allowed on Xero's page.</summary>
    public static XeroSignInGranted Granted(params IReadOnlyList<XeroChoice> organizations) =>
        new(SignIn, Workspace, Connection, XeroUser, "Kim Lee", "kim@example.com", organizations, Scopes, []);

    public static XeroChoice Choice(Guid tenantId, string name, bool justGranted = true) =>
        new(tenantId, name, Guid.CreateVersion7(), null, justGranted);
}
