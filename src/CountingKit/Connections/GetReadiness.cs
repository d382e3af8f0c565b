using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>What the connect page ticks off before anybody goes to Xero.</summary>
[Asks(Permission.Connect), Touches(Organizations.None)]
public sealed record GetReadiness : IQuery<ConnectReadiness>;

/// <param name="Missing">What keeps anybody from signing in at Xero; null = nothing.</param>
/// <param name="HasSpreadsheet">A Google spreadsheet is connected.</param>
/// <param name="Permissions">What Xero's page will ask for.</param>
/// <param name="Connected">Organizations that this installation is connected to, in all its workspaces.</param>
/// <param name="Most">How many Xero lets its app be connected to; null = any number.</param>
/// <param name="Beside">What it will ask for besides: staying signed in, name and email.</param>
public sealed record ConnectReadiness(
    ErrorCode? Missing, bool HasSpreadsheet, IReadOnlyList<PermissionRow> Permissions,
    IReadOnlyList<XeroPermissionLine> Beside, int Connected, int? Most)
{
    /// <summary>Xero would refuse another one.</summary>
    public bool IsFull => Connected >= Most;
}

internal sealed class GetReadinessHandler(
    ReadModels readModels, IXeroSignIn signIn, IDbContextFactory<VaultDb> vault, CurrentRequester current)
    : IRequestHandler<GetReadiness, ConnectReadiness>
{
    public async Task<ConnectReadiness> Handle(GetReadiness query, CancellationToken ct)
    {
        var workspaceId = current.Requester.WorkspaceId;
        await using var db = readModels.Open();
        var hasSpreadsheet = await db.Set<OwnershipRow>().AnyAsync(
            row => row.WorkspaceId == workspaceId && row.Kind == OwnedKind.Spreadsheet && row.Inside != null, ct);
        await using var signIns = await vault.CreateDbContextAsync(ct);
        return new ConnectReadiness(
            signIn.Missing, hasSpreadsheet, XeroPermissions.Table(signIn.Scopes, granted: null),
            [.. XeroPermissions.Beside.Where(line => signIn.Scopes.Contains(line.Scope))],
            await signIns.XeroTenants.Select(t => t.TenantId).Distinct().CountAsync(ct), signIn.MostOrganizations);
    }
}
