using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Spreadsheets;

/// <summary>Creates a spreadsheet in the account's Drive and connects it.</summary>
[Asks(Permission.Connect)]
public sealed record CreateSpreadsheet(
    Guid CommandId, Guid SpreadsheetKey, Guid AccountId,
    [property: Required(ErrorMessage = "Give the spreadsheet a name."), MaxLength(200), Visible] string Title)
    : ICommand<Appended>, IConcernsGoogleAccount;

public sealed class CreateSpreadsheetHandler(
    ISpreadsheets spreadsheets, Streams streams, Leases leases, TimeProvider time)
    : IRequestHandler<CreateSpreadsheet, Appended>
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<Appended> Handle(CreateSpreadsheet command, CancellationToken ct)
    {
        // One at a time for each key: of two clicks at once the second one finds what the first one made.
        var (name, owner) = ($"create-spreadsheet:{command.SpreadsheetKey:N}", Guid.CreateVersion7().ToString("N"));
        while (true)
        {
            await using var lease = await leases.Hold(name, owner, LeaseDuration, ct);
            if (lease is not null) return await Create(command, lease.Lost);
            await Task.Delay(Pause, time, ct);
        }
    }

    private async Task<Appended> Create(CreateSpreadsheet command, CancellationToken ct)
    {
        GoogleAccount.Require(await streams.Read(GoogleAccount.StreamOf(command.AccountId), GoogleAccount.Decider, ct));
        var stream = Spreadsheet.StreamOf(command.SpreadsheetKey);
        SpreadsheetInfo? made = null;
        if (await streams.Read(stream, Spreadsheet.Decider, ct) is Spreadsheet.State.Unknown)
            // The key marks the file at Google: a repeat after a lost answer finds it instead of making another one.
            made = await Refusals.Of(() => spreadsheets.Create(
                command.AccountId, command.Title.Trim(), command.SpreadsheetKey, null, ct));
        return (await streams.Transact(
            stream, Spreadsheet.Decider,
            state => made is null
                ? throw new NotFoundException()
                : Spreadsheet.Connect(state, command.SpreadsheetKey, command.AccountId, made, created: true),
            ct)).Appended;
    }
}

/// <summary>Connects an existing spreadsheet by its link: one that is shared with the account.</summary>
[Asks(Permission.Connect)]
public sealed record LinkSpreadsheet(
    Guid CommandId, Guid SpreadsheetKey, Guid AccountId,
    [property: Required(ErrorMessage = "Paste the spreadsheet's link."), MaxLength(500)] string Link)
    : ICommand<Appended>, IConcernsGoogleAccount;

public sealed class LinkSpreadsheetHandler(
    ISpreadsheets spreadsheets, Streams streams, ReadModels readModels, CurrentRequester current)
    : IRequestHandler<LinkSpreadsheet, Appended>
{
    public async Task<Appended> Handle(LinkSpreadsheet command, CancellationToken ct)
    {
        var id = SpreadsheetLink.Require(command.Link);
        GoogleAccount.Require(await streams.Read(GoogleAccount.StreamOf(command.AccountId), GoogleAccount.Decider, ct));
        await RequireNew(command.SpreadsheetKey, id, ct);
        var found = await Refusals.Of(() => spreadsheets.Inspect(command.AccountId, id, ct));
        Refusals.Unless(found);
        return (await streams.Transact(
            Spreadsheet.StreamOf(command.SpreadsheetKey), Spreadsheet.Decider,
            state => Spreadsheet.Connect(state, command.SpreadsheetKey, command.AccountId, found, created: false), ct)).Appended;
    }

    private async Task RequireNew(Guid key, string spreadsheetId, CancellationToken ct)
    {
        var workspaceId = current.Requester.WorkspaceId;
        await using var db = readModels.Open();
        if (await db.Set<SpreadsheetRow>().AsNoTracking().FirstOrDefaultAsync(
            s => s.WorkspaceId == workspaceId && s.SpreadsheetId == spreadsheetId && s.SpreadsheetKey != key, ct) is { } known)
            throw new RefusedException(SpreadsheetCodes.ConnectedAlready, await HasAccount(known, ct)
                ? $"{known.Title} is already connected. Exporters can write to it."
                : $"{known.Title} is already connected, but its Google account is not anymore. "
                    + "Under Spreadsheets, choose the account that writes to it.");
    }

    private async Task<bool> HasAccount(SpreadsheetRow known, CancellationToken ct) => await streams.Read(
        GoogleAccount.StreamOf(known.AccountId), GoogleAccount.Decider, ct) is GoogleAccount.State.Connected;
}

internal static class Refusals
{
    /// <exception cref="RefusedException">It is in the trash, or for viewing only.</exception>
    public static void Unless(SpreadsheetInfo isWritable)
    {
        if (isWritable.IsInTrash)
            throw new RefusedException(
                SpreadsheetCodes.InTrash, $"{isWritable.Title} is in the trash of Google Drive. {SpreadsheetCodes.InTrash.Advice}");
        if (isWritable.CanEdit == false)
            throw new RefusedException(
                SpreadsheetCodes.ViewOnly, $"{isWritable.Title} is shared for viewing only. Share it as Editor, then try again.");
    }

    /// <summary>What Google says to a person who waits for the answer is a refusal on their page.</summary>
    public static async Task<T> Of<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SpreadsheetException said)
        {
            throw new RefusedException(said.Code, said.Message);
        }
    }
}
