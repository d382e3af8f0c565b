using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Exporters;
using CountingKit.Web.Features.Help;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Features.Styleguide;

/// <summary>What the parts are shown with; none of it is anybody's.</summary>
/// <param name="Now">UTC.</param>
public sealed record StyleguidePage(
    IReadOnlyList<BadgeGroup> Badges, Refusal Refusal, Confirmation Dialog, ExporterListPage List, RunProgressPart Running,
    DateTime Now)
{
    public static StyleguidePage Of(ErrorCodes codes, DateTime now) => new(
        [
            .. HelpPage.Of(codes).Badges,
            new("Exporters", [.. MadeUp(now).Select(ExporterLooks.BadgeOf).DistinctBy(badge => badge.Text), ExporterLooks.Replayed]),
        ],
        new(StatusCodes.Status422UnprocessableEntity, "That didn't work", $"{ConnectionCodes.NotConnected.Title}. {ConnectionCodes.NotConnected.Advice}", ConnectionCodes.NotConnected.Code),
        new(
            "Delete the exporter", "Invoices for the board is deleted. It cannot be brought back.",
            ["Its tab in the spreadsheet stays as it is.", "Its runs and their rows stay in the history."],
            "/styleguide", "Delete the exporter", "/styleguide", Guid.CreateVersion7(), IsDangerous: true, Type: "Invoices for the board"),
        ListOf(now),
        new(Id(0), new RunningRun(RunListProjection.Reading, false, Half(now), 8, TimeSpan.FromSeconds(100))),
        now);

    private static RunProgress Half(DateTime now) => new(new RunReading(new ReadSoFar(6, 12, 600, 1200), now));

    private static ExporterListPage ListOf(DateTime now)
    {
        var exporters = MadeUp(now);
        return new(
            exporters, new ExporterFilter(Search: "invoices"),
            exporters.Select(e => new ConnectionListItem(
                e.ConnectionIds()[0], e.ConnectionIds()[0] == exporters[0].ConnectionIds()[0] ? "Acme Ltd" : "Wollongong Plumbing Supplies and Fittings Pty Ltd", "Acme Ltd", "ACM", [],
                new ConnectionBadge(ConnectionHealth.Connected, "Connected", "The organization can be read."), false, "Mary Advisor", now, 12, 4))
                .DistinctBy(c => c.ConnectionId).ToDictionary(c => c.ConnectionId),
            exporters.DistinctBy(e => e.SpreadsheetKey).ToDictionary(e => e.SpreadsheetKey, e => new SpreadsheetRow
            {
                SpreadsheetKey = e.SpreadsheetKey, SpreadsheetId = e.SpreadsheetId, Title = "Board pack", Url = "/styleguide",
            }))
        {
            Progress = new Dictionary<Guid, RunProgress> { [exporters.First(e => e.ActiveRunId is not null).ActiveRunId!.Value] = Half(now) },
        };
    }

    private static IReadOnlyList<ExporterRow> MadeUp(DateTime now) =>
    [
        Exporter(1, "Invoices for the board", now, RunStatus.Completed),
        Exporter(2, "Invoices of customers that owe, with everything that anybody ever asked for in it", now.AddDays(-1), RunStatus.Failed),
        Exporter(3, "Invoices this year", now.AddDays(-40), RunStatus.Warnings),
        Exporter(4, "Invoices as they are read", now, RunStatus.NoChanges, RunStatus.Running),
        Exporter(5, "Invoices, not yet run", null, null),
    ];

    private static ExporterRow Exporter(byte number, string name, DateTime? writtenAt, RunStatus? last, RunStatus? active = null) => new()
    {
        ExporterId = Id(number),
        Name = name,
        Dataset = "invoices",
        Connections = $"{Id((byte)(100 + (number % 2)))}",
        SpreadsheetKey = Id(200),
        SpreadsheetId = "made-up",
        TabTitle = "Invoices",
        Configuration = "{}",
        WrittenAt = writtenAt,
        LastStatus = last,
        LastOwnRunId = last is null ? null : Id((byte)(number + 50)),
        LastWarned = last == RunStatus.Warnings,
        ActiveRunId = active is null ? null : Id((byte)(number + 60)),
        ActiveStatus = active,
        Rows = writtenAt is null ? null : 1234 * number,
    };

    private static Guid Id(byte number) => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number);
}
