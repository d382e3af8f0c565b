using CountingKit.Messaging;

namespace CountingKit.Datasets;

/// <summary>One of an organization's tracking categories (Xero Accounting API, TrackingCategories).</summary>
/// <param name="Name">Foreign text; people may change it.</param>
/// <param name="IsActive">False = it is archived: lines that have it keep it.</param>
public sealed record TrackingCategory(Guid Id, string Name, bool IsActive);

/// <summary>What a row says of one tracking category, at whichever of its places.</summary>
/// <param name="Category">The category's id, in small letters.</param>
/// <param name="Places">Where a category's id and the option of it stand.</param>
public sealed record TrackedOption(string Category, IReadOnlyList<(Column Category, Column Option)> Places);

/// <summary>
/// A column per tracking category. It is known by the category's id, so that a category that is renamed keeps its column, and it
/// can be made from its key alone: whatever was exported once is known without Xero.
/// </summary>
public static class TrackingColumn
{
    /// <summary>What it is called where nobody tells the category's name.</summary>
    public const string Heading = "Tracking Category";

    private const string Prefix = "tracking.";

    /// <summary>What one line can have (Xero Accounting API, LineItems).</summary>
    private const int MostPlaces = 2;

    /// <summary>Shorter than a heading may be: a number may have to tell it from another one.</summary>
    private const int LongestName = 90;

    private const string Note =
        "The line’s option of this tracking category; renamed in Xero, it keeps its column. One more call to Xero a run.";

    public static string KeyOf(Guid category) => $"{Prefix}{category:D}";

    /// <summary>The category's id; null = it is the key of no such column.</summary>
    public static Guid? CategoryOf(string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(key[Prefix.Length..], "D", out var category)
            && KeyOf(category) == key ? category : null;

    /// <param name="list">Where a row's tracking stands.</param>
    /// <returns>Null = it is the key of no such column.</returns>
    internal static Column? Of(string key, string list) => CategoryOf(key) is not { } category ? null
        : new(key, Heading, ColumnType.Text, $"{list}[TrackingCategoryID={category:D}].Option", IsDefault: false, Note)
        {
            Tracked = new($"{category:D}", PlacesIn(list)),
        };

    /// <param name="list">Where a row's tracking stands.</param>
    public static IReadOnlyList<(Column Category, Column Option)> PlacesIn(string list) =>
        [.. Enumerable.Range(0, MostPlaces).Select(place => (At(list, place, "TrackingCategoryID"), At(list, place, "Option")))];

    /// <summary>By the categories' names, each heading once; those of active categories are suggested.</summary>
    /// <param name="taken">Headings of other columns.</param>
    internal static IEnumerable<Column> Of(IEnumerable<TrackingCategory> categories, string list, IEnumerable<string> taken)
    {
        var headings = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var category in categories)
        {
            var name = PlainText.IsVisible(category.Name) ? PlainText.Cut(category.Name.Trim(), LongestName) : Heading;
            var heading = name;
            for (var number = 2; !headings.Add(heading); number++) heading = $"{name} ({number})";
            yield return Of(KeyOf(category.Id), list)! with { Heading = heading, IsDefault = category.IsActive };
        }
    }

    private static Column At(string list, int place, string property)
    {
        var path = $"{list}[{place}].{property}";
        return new(path, path, ColumnType.Text, path);
    }
}
