using CountingKit.Sandbox.Xero.Api;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>
/// What tracking parameters make of a profit and loss: a category alone is a column for each option, a category with an
/// option counts the lines of that option.
/// </summary>
internal sealed class TrackingChoice
{
    /// <exception cref="InvalidParameterException">There is no such category.</exception>
    public TrackingChoice(ReportContext context)
    {
        var (first, second) = (Filter(context.Query, ""), Filter(context.Query, "2"));
        Counts = first is null || second is null ? first ?? second : line => first(line) && second(line);
        if (context.Query.Text("trackingCategoryID") is { } category && first is null)
            Columns = Split(context, category, second);
    }

    /// <summary>Null: every line counts.</summary>
    public Func<EntryLine, bool>? Counts { get; }

    /// <summary>Null: columns are periods.</summary>
    public IReadOnlyList<(string Title, Func<EntryLine, bool>? Counts)>? Columns { get; }

    private static Func<EntryLine, bool>? Filter(ReportQuery query, string which) =>
        query.Text($"trackingOptionID{which}") is { } option
            ? line => line.Tracking.Any(by => Same(by.OptionId, option))
            : null;

    private static List<(string Title, Func<EntryLine, bool>? Counts)> Split(
        ReportContext context, string categoryId, Func<EntryLine, bool>? besides)
    {
        var category = context.Records("TrackingCategories")
            .FirstOrDefault(each => Same(each["TrackingCategoryID"]?.ToString(), categoryId))
            ?? throw new InvalidParameterException($"trackingCategoryID: there is no category {categoryId}.");
        List<(string, Func<EntryLine, bool>?)> columns = [];
        foreach (var option in category["Options"]?.AsArray() ?? [])
        {
            var id = option?["TrackingOptionID"]?.ToString();
            columns.Add((option?["Name"]?.ToString() ?? "", line => line.Tracking.Any(by => Same(by.OptionId, id)) && Besides(line)));
        }

        columns.Add(("Unassigned", line => !line.Tracking.Any(by => Same(by.CategoryId, categoryId)) && Besides(line)));
        columns.Add(("Total", besides));
        return columns;

        bool Besides(EntryLine line) => besides is null || besides(line);
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
