using System.Globalization;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Numbers and lists as sentences have them.</summary>
internal static class SheetWords
{
    /// <summary>Of cells that a person goes through one by one.</summary>
    public const int MostTold = 20;

    private const int Named = 5;

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Cells(int count) => count == 1 ? "1 cell" : $"{Count(count)} cells";

    /// <summary>The first few by name, the others as a number.</summary>
    public static string Some(IReadOnlyList<string> names, int most = Named) => names.Count <= most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(most))} and {Count(names.Count - most)} more";
}
