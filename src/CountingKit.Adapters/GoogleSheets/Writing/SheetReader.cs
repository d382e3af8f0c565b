using CountingKit.Spreadsheets;
using static Google.Apis.Sheets.v4.SpreadsheetsResource.ValuesResource;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Reads of a spreadsheet: what it consists of, and values of ranges.</summary>
internal sealed class SheetReader(GoogleClients clients, GoogleCalls calls)
{
    private const string Overview =
        "spreadsheetId,spreadsheetUrl,properties(title,locale,timeZone),namedRanges,developerMetadata,sheets("
        + "properties(sheetId,title,index,hidden,sheetType,gridProperties),merges,basicFilter,"
        + "protectedRanges(protectedRangeId,range,namedRangeId,description,warningOnly,requestingUserCanEdit),"
        + "tables(tableId,name,range),developerMetadata)";

    /// <summary>Characters of an address, encoded; servers refuse one of 8 KB.</summary>
    private const int LongestRanges = 5000;

    /// <summary>Everything but cells, in one call.</summary>
    public async Task<Spreadsheet> Spreadsheet(Guid accountId, string spreadsheetId, CancellationToken ct)
    {
        using var service = clients.Sheets(accountId);
        var get = service.Spreadsheets.Get(spreadsheetId);
        get.Fields = Overview;
        var spreadsheet = await calls.Repeat(get, ct);
        // A stand-in or a proxy may leave out what Google never does.
        if (spreadsheet.Properties is null)
            throw new SpreadsheetException(SpreadsheetProblem.Unavailable, GoogleCodes.Unavailable.Code,
                $"{GoogleCodes.Unavailable.Title}. {GoogleCodes.Unavailable.Advice}");
        spreadsheet.Sheets = [.. (spreadsheet.Sheets ?? []).Where(sheet => sheet?.Properties is not null)];
        return spreadsheet;
    }

    public async Task<FoundTab?> Tab(TabReference tab, CancellationToken ct) =>
        TabFinder.Find(await Spreadsheet(tab.AccountId, tab.SpreadsheetId, ct), tab.ExporterId, tab.SheetId);

    /// <summary>Typed values of ranges, in order; null = nothing there. One call, unless a long title makes the address too long.</summary>
    public async Task<IReadOnlyList<IList<IList<object>>?>> Values(
        TabReference tab, IReadOnlyList<string> ranges, CancellationToken ct)
    {
        var values = new List<IList<IList<object>>?>();
        for (var done = 0; done < ranges.Count;)
        {
            var length = 0;
            var some = ranges.Skip(done).TakeWhile((range, i) =>
                (length += Uri.EscapeDataString(range).Length) <= LongestRanges || i == 0).ToList();
            values.AddRange(await ValuesOf(tab, some, ct));
            done += some.Count;
        }

        return values;
    }

    private async Task<IReadOnlyList<IList<IList<object>>?>> ValuesOf(
        TabReference tab, IReadOnlyList<string> ranges, CancellationToken ct)
    {
        using var service = clients.Sheets(tab.AccountId);
        var get = service.Spreadsheets.Values.BatchGet(tab.SpreadsheetId);
        get.Ranges = new(ranges);
        get.ValueRenderOption = BatchGetRequest.ValueRenderOptionEnum.UNFORMATTEDVALUE;
        get.DateTimeRenderOption = BatchGetRequest.DateTimeRenderOptionEnum.SERIALNUMBER;
        var answer = await calls.Repeat(get, ct);
        return [.. answer.ValueRanges.Select(r => (IList<IList<object>>?)r.Values)];
    }
}
