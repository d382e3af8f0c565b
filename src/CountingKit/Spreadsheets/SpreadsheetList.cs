using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Spreadsheets;

/// <summary>A Google account or service account, as the page shows it; its address stands in the vault.</summary>
[Index(nameof(WorkspaceId))]
public sealed class GoogleAccountRow : IReadRow
{
    [Key]
    public Guid AccountId { get; set; }

    public Guid WorkspaceId { get; set; }

    public AccountKind Kind { get; set; }

    /// <summary>The permissions granted, separated by spaces.</summary>
    public required string Scopes { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ConnectedAt { get; set; }

    public bool IsExpired { get; set; }

    /// <summary>UTC; null = it is connected.</summary>
    public DateTime? DisconnectedAt { get; set; }
}

[Index(nameof(WorkspaceId))]
public sealed class SpreadsheetRow : IReadRow
{
    [Key]
    public Guid SpreadsheetKey { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>Google's id of it.</summary>
    public required string SpreadsheetId { get; set; }

    public required string Title { get; set; }

    /// <summary>For people, to open it; set by the queries of this file.</summary>
    [NotMapped]
    public string Url { get; set; } = "";

    public bool Created { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ConnectedAt { get; set; }

    /// <summary>UTC; null = never tested.</summary>
    public DateTime? TestedAt { get; set; }

    /// <summary>What stood in the way at the last test; null = nothing.</summary>
    public string? TestCode { get; set; }
}

public sealed class SpreadsheetListProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        var at = recorded.At.UtcDateTime;
        switch (recorded.Event)
        {
            case GoogleAccountConnected e:
                rows.Add(new GoogleAccountRow
                {
                    AccountId = e.AccountId,
                    WorkspaceId = recorded.Metadata.WorkspaceId,
                    Kind = e.Kind,
                    Scopes = string.Join(' ', e.Scopes),
                    ConnectedAt = at,
                });
                break;
            case GoogleAccountReconnected e:
                var again = await Account(rows, e.AccountId, ct);
                (again.Scopes, again.IsExpired) = (string.Join(' ', e.Scopes), false);
                break;
            case GoogleSignInExpired e:
                (await Account(rows, e.AccountId, ct)).IsExpired = true;
                break;
            case GoogleSignInRegained e:
                (await Account(rows, e.AccountId, ct)).IsExpired = false;
                break;
            case GoogleDisconnectRequested e:
                (await Account(rows, e.AccountId, ct)).DisconnectedAt = at;
                break;
            case SpreadsheetConnected e:
                if (await rows.Find<SpreadsheetRow>([e.SpreadsheetKey], ct) is { } old) rows.Remove(old);
                rows.Add(new SpreadsheetRow
                {
                    SpreadsheetKey = e.SpreadsheetKey,
                    WorkspaceId = recorded.Metadata.WorkspaceId,
                    AccountId = e.AccountId,
                    SpreadsheetId = e.SpreadsheetId,
                    Title = e.Title,
                    Created = e.Created,
                    ConnectedAt = at,
                });
                break;
            case SpreadsheetTested e when await rows.Find<SpreadsheetRow>([e.SpreadsheetKey], ct) is { } tested:
                (tested.Title, tested.TestedAt, tested.TestCode) = (e.Title, at, e.Code);
                break;
            case SpreadsheetAccountChanged e when await rows.Find<SpreadsheetRow>([e.SpreadsheetKey], ct) is { } given:
                // Google was asked whether this account may write to it.
                (given.AccountId, given.TestedAt, given.TestCode) = (e.AccountId, at, null);
                break;
            case SpreadsheetRemoved e when await rows.Find<SpreadsheetRow>([e.SpreadsheetKey], ct) is { } gone:
                rows.Remove(gone);
                break;
        }
    }

    private static async Task<GoogleAccountRow> Account(IRows rows, Guid accountId, CancellationToken ct) =>
        await rows.Find<GoogleAccountRow>([accountId], ct)
        ?? throw new InvalidOperationException($"No Google account {accountId} was connected.");
}

/// <summary>The workspace's Google accounts and spreadsheets.</summary>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record ListSpreadsheets : IQuery<SpreadsheetList>;

/// <param name="States">By account: address and whether the sign-in is dead, from the vault.</param>
public sealed record SpreadsheetList(
    IReadOnlyList<GoogleAccountRow> Accounts, IReadOnlyList<SpreadsheetRow> Spreadsheets,
    IReadOnlyDictionary<Guid, GoogleAccountState> States, Placements Placements)
{
    /// <summary>Exporters that write to a spreadsheet, or to any of an account, and that the requester may not see.</summary>
    public int HiddenExporters(Guid id) => Placements.Hidden(OwnedKind.Exporter, id);

    /// <summary>Spreadsheets of an account that the requester may not see.</summary>
    public int HiddenSpreadsheets(Guid accountId) => Placements.Hidden(OwnedKind.Spreadsheet, accountId);
}

public sealed class ListSpreadsheetsHandler(
    ReadModels readModels, CurrentRequester current, IGoogleSignIn google, ISpreadsheetAddresses addresses)
    : IRequestHandler<ListSpreadsheets, SpreadsheetList>
{
    public async Task<SpreadsheetList> Handle(ListSpreadsheets query, CancellationToken ct)
    {
        var workspaceId = current.Requester.WorkspaceId;
        await using var db = readModels.Open();
        var accounts = await db.Set<GoogleAccountRow>().AsNoTracking()
            .Where(a => a.WorkspaceId == workspaceId && a.DisconnectedAt == null)
            .OrderBy(a => a.ConnectedAt).ToListAsync(ct);
        var spreadsheets = await db.Set<SpreadsheetRow>().AsNoTracking()
            .Where(s => s.WorkspaceId == workspaceId).OrderBy(s => s.Title).ThenBy(s => s.SpreadsheetKey).ToListAsync(ct);
        var placements = await Placements.Of(db, current.Requester, ct);
        accounts.RemoveAll(a => !placements.MaySee(a.AccountId));
        spreadsheets.RemoveAll(s => !placements.MaySee(s.SpreadsheetKey));
        foreach (var spreadsheet in spreadsheets) spreadsheet.Url = addresses.Of(spreadsheet.SpreadsheetId);
        return new(accounts, spreadsheets, await google.States([.. accounts.Select(a => a.AccountId)], ct), placements);
    }
}

/// <summary>
/// One spreadsheet; null = it was removed from the portal, or is not for the requester: what once wrote to it may be, and
/// is shown without it.
/// </summary>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record FindSpreadsheet(Guid SpreadsheetKey) : IQuery<SpreadsheetRow?>;

public sealed class FindSpreadsheetHandler(
    ReadModels readModels, CurrentRequester current, ISpreadsheetAddresses addresses)
    : IRequestHandler<FindSpreadsheet, SpreadsheetRow?>
{
    public async Task<SpreadsheetRow?> Handle(FindSpreadsheet query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var found = await db.Set<SpreadsheetRow>().AsNoTracking().FirstOrDefaultAsync(
            s => s.SpreadsheetKey == query.SpreadsheetKey && s.WorkspaceId == current.Requester.WorkspaceId, ct);
        if (found is null || !(await Placements.Of(db, current.Requester, ct)).MaySee(found.SpreadsheetKey)) return null;
        found.Url = addresses.Of(found.SpreadsheetId);
        return found;
    }
}
