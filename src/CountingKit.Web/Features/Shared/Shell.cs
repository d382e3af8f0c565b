using System.Text;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Features.Errors;
using CountingKit.Web.Hosting;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Features.Shared;

/// <summary>What the frame around every page shows.</summary>
public sealed class Shell
{
    private readonly IRequesterSource requesters;
    private readonly ReadModels readModels;
    private readonly IDbContextFactory<VaultDb> vault;
    private readonly IHttpContextAccessor http;
    private readonly SandboxAddresses? sandbox;

    internal Shell(
        IRequesterSource requesters, ReadModels readModels, IDbContextFactory<VaultDb> vault, IHttpContextAccessor http,
        SandboxAddresses? sandbox) =>
        (this.requesters, this.readModels, this.vault, this.http, this.sandbox) =
        (requesters, readModels, vault, http, sandbox);

    public async Task<ShellView> Current(CancellationToken ct)
    {
        var links = sandbox is null ? null : new SandboxLinks($"{sandbox.Google}/", $"{sandbox.Control}/");
        if (http.HttpContext is { } context && Outage.IsShownBy(context)) return new(null, links);
        return new(await requesters.Current(ct) is { } requester ? await Member(requester, ct) : null, links);
    }

    private async Task<ShellMember> Member(Requester requester, CancellationToken ct)
    {
        await using var rows = readModels.Open();
        var workspace = await rows.Set<WorkspaceRow>().AsNoTracking()
            .SingleAsync(w => w.WorkspaceId == requester.WorkspaceId, ct);
        await using var db = await vault.CreateDbContextAsync(ct);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.MemberId == requester.MemberId, ct);
        var path = http.HttpContext?.Request.Path ?? default;
        return new(
            workspace.Name, person?.Name ?? "Removed member", person?.Email ?? "", requester.Role,
            [.. Place.All.Where(p => requester.Role.May(p.Permission)).Select(p => p with { IsCurrent = p.Holds(path) })]);
    }
}

/// <param name="Member">Null = a stranger.</param>
/// <param name="Sandbox">Null = the real Xero and Google.</param>
public sealed record ShellView(ShellMember? Member, SandboxLinks? Sandbox);

public sealed record SandboxLinks(string Spreadsheets, string Control);

public sealed record ShellMember(string Workspace, string Name, string Email, Role Role, IReadOnlyList<Place> Places)
{
    public string Initials => string.Concat(Name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Take(2).Select(part => Rune.ToUpperInvariant(part.EnumerateRunes().First())));
}

/// <summary>An entry of the main navigation.</summary>
public sealed record Place(string Title, string Href, string Icon, Permission Permission)
{
    public static IReadOnlyList<Place> All { get; } =
    [
        new("Dashboard", "/", "dashboard", Permission.View),
        new("Connections", "/connections", "plug", Permission.View),
        new("Spreadsheets", "/spreadsheets", "sheet", Permission.View),
        new("Exporters", "/exporters", "exporter", Permission.View),
        new("Runs", "/runs", "runs", Permission.View),
        new("Audit", "/audit", "audit", Permission.Audit),
    ];

    public bool IsCurrent { get; init; }

    public bool Holds(PathString path) => Href == "/" ? path == "/" : path.StartsWithSegments(Href);
}
