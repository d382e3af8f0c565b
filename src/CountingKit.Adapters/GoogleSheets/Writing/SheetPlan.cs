using System.Globalization;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Newtonsoft.Json;

namespace CountingKit.Adapters.GoogleSheets;

/// <param name="Batch">The one request that changes what people see, whole.</param>
/// <param name="Below">
/// What must stand right below our last row after the write, in our columns; null = it is not known.
/// </param>
/// <param name="Beside">
/// What the look after the write is compared with; null = nothing can have strayed, or it is not known.
/// </param>
/// <param name="GridColumns">So many the tab has after the write; null = it is not known.</param>
internal sealed record SheetPlan(
    WriteRequest Request,
    int SheetId,
    string TabTitle,
    bool CreatesTab,
    long Cells,
    long Bytes,
    IReadOnlyList<WriteWarning> Warnings,
    ColumnLayout Layout,
    TabRows Rows,
    BatchUpdateSpreadsheetRequest Batch,
    bool Landed,
    IList<object>? Below = null,
    SeenBeside? Beside = null,
    int? GridColumns = null)
    : WritePlan(Request, SheetId, TabTitle, CreatesTab, Cells, Bytes, Warnings, Landed)
{
    /// <summary>Where the rows are gathered before; null = the batch carries them.</summary>
    public StagingTab? Staging { get; init; }

    /// <summary>Of the stamp that the batch leaves: which of a run's writes landed.</summary>
    public required int StampId { get; init; }

    /// <summary>The rows are there.</summary>
    public bool IsGathered { get; init; }

    public override bool Gathers => Staging is not null && !IsGathered && !Landed;

    /// <summary>Staging tabs that earlier attempts left behind.</summary>
    public IReadOnlyList<int> Orphans { get; init; } = [];

    public override bool Sends(WritePlan other) => other is SheetPlan plan && plan.Changes == Changes;

    /// <summary>The batch, whatever the hidden tab's number is.</summary>
    private string Changes => Staging is not { SheetId: var id } ? JsonConvert.SerializeObject(Batch)
        : JsonConvert.SerializeObject(Batch).Replace($":{id.ToString(CultureInfo.InvariantCulture)}", ":staging", StringComparison.Ordinal);

    /// <summary>Where the tab will be found after the commit.</summary>
    public TabReference Tab => Request.Tab with { SheetId = SheetId };
}
