using System.Globalization;
using CountingKit.Datasets;
using CountingKit.History;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Web.Features.Runs;

namespace CountingKit.Web.Features.History;

/// <summary>How past rows are shown.</summary>
internal static class HistoryLooks
{
    /// <summary>Characters of a cell on a page; a file holds all of them.</summary>
    private const int LongestCell = 300;

    private const int LongestTitle = 2000;

    public static IReadOnlyList<(RowChanges? Only, string Words)> Choices { get; } =
        [(null, "All rows"), (RowChanges.Added, "Added"), (RowChanges.Changed, "Changed"), (RowChanges.Removed, "Removed")];

    public static string Cell(CellValue value, ColumnType type) => Short(RunBadges.Show(value, type), LongestCell);

    /// <summary>Nothing of a number left out.</summary>
    public static string Title(CellValue value, ColumnType type) => Short(RunBadges.ShowWhole(value, type), LongestTitle);

    /// <summary>What is not known is a dash.</summary>
    public static string Money(decimal? amount) =>
        amount?.ToString(NumberFormats.Of(ColumnType.Money), CultureInfo.InvariantCulture) ?? "–";

    public static string Difference(decimal? amount) => amount > 0 ? $"+{Money(amount)}" : Money(amount);

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A run in a list to choose from.</summary>
    public static string Choice(RunRow run)
    {
        var when = run.QueuedAt.ToString("MMM d, yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return $"{when} · {RunBadges.BadgeOf(run).Text} · {RunBadges.Rows(run.Rows ?? 0)}{(run.ReplayOf is null ? "" : " · replay")}";
    }

    public static string WhyNoRows(RowsKept kept) => kept switch
    {
        RowsKept.NeverMade => "This run made no rows.",
        RowsKept.Away => "The rows can't be read right now. Try again later.",
        _ => "The rows of this run are no longer kept. Its counts and its hash remain.",
    };

    private static string Short(string text, int longest) =>
        text.Length <= longest ? text : $"{PlainText.Cut(text, longest)}…";
}
