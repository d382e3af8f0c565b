using System.Globalization;
using System.Text.RegularExpressions;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>A1 notation: <c>'Tab'!A1:C10</c>, <c>A:A</c>, <c>5:7</c>, <c>A5:A</c>, a tab's title or a named range.</summary>
internal static partial class A1
{
    public static string Column(int index)
    {
        var letters = "";
        for (var n = index + 1; n > 0; n = (n - 1) / 26) letters = (char)('A' + (n - 1) % 26) + letters;
        return letters;
    }

    public static int ColumnIndex(string letters) =>
        letters.ToUpperInvariant().Aggregate(0, (sum, letter) => sum * 26 + letter - 'A' + 1) - 1;

    public static string Quote(string title) => PlainTitle().IsMatch(title) && !CellName().IsMatch(title)
        ? title
        : "'" + title.Replace("'", "''", StringComparison.Ordinal) + "'";

    public static string Format(string title, Area area)
    {
        var first = Column(area.Column0) + Text(area.Row0 + 1);
        var last = Column(area.Column1 - 1) + Text(area.Row1);
        return Quote(title) + "!" + (first == last ? first : first + ":" + last);
    }

    /// <exception cref="GoogleError">No tab, no named range and no A1 notation of this spreadsheet.</exception>
    public static GridRange Parse(Workbook workbook, string text)
    {
        var (title, cells) = Split(text);
        if (title is not null)
        {
            // Seen at Google: a title with a colon can't be said in A1 notation, quoted or not.
            if (title.Contains(':')) throw Unparsable(text);
            var tab = workbook.ByTitle(title) ?? throw Unparsable(text);
            return Corner(tab.SheetId, cells) ?? throw Unparsable(text);
        }
        if (workbook.ByTitle(Unquote(cells)) is { } whole) return GridRange.Whole(whole.SheetId);
        if (workbook.NamedRange(cells) is { } named
            && named.Object("range") is { Count: > 0 } range) return GridRange.Read(range);
        return Corner(workbook.Tabs[0].SheetId, cells) ?? throw Unparsable(text);
    }

    public static GridRange? Corner(int sheetId, string cells)
    {
        var match = Corners().Match(cells);
        if (!match.Success) return null;
        var (c0, r0, c1, r1) = (Part(match, 1), Part(match, 2), Part(match, 4), Part(match, 5));
        if (!match.Groups[3].Success)
            return c0 is null || r0 is null ? null : One(sheetId, Row(r0), ColumnIndex(c0));
        if (c0 is null && r0 is null || c1 is null && r1 is null || c0 is null != c1 is null) return null;
        int? rowEnd = r1 is null ? null : Row(r1) + 1, columnEnd = c1 is null ? null : ColumnIndex(c1) + 1;
        var range = new GridRange(
            sheetId, r0 is null ? 0 : Row(r0), rowEnd, c0 is null ? 0 : ColumnIndex(c0), columnEnd);
        return range with
        {
            Row0 = Math.Min(range.Row0, (rowEnd ?? int.MaxValue) - 1),
            Row1 = rowEnd is { } r ? Math.Max(r, range.Row0 + 1) : null,
            Column0 = Math.Min(range.Column0, (columnEnd ?? int.MaxValue) - 1),
            Column1 = columnEnd is { } c ? Math.Max(c, range.Column0 + 1) : null,
        };
    }

    private static GridRange One(int sheetId, int row, int column) => new(sheetId, row, row + 1, column, column + 1);

    private static (string? Title, string Cells) Split(string text)
    {
        if (text.StartsWith('\'') && QuotedTitle().Match(text) is { Success: true } quoted)
            return (Unquote(quoted.Groups[1].Value), quoted.Groups[2].Value);
        var mark = text.LastIndexOf('!');
        return mark < 0 ? (null, text) : (text[..mark], text[(mark + 1)..]);
    }

    public static string Unquote(string title) => title.Length > 1 && title[0] == '\'' && title[^1] == '\''
        ? title[1..^1].Replace("''", "'", StringComparison.Ordinal)
        : title;

    private static string? Part(Match match, int group) =>
        match.Groups[group] is { Success: true, Length: > 0 } found ? found.Value : null;

    private static int Row(string digits) => int.Parse(digits, CultureInfo.InvariantCulture) - 1;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static GoogleError Unparsable(string text) => GoogleError.Invalid($"Unable to parse range: {text}");

    [GeneratedRegex(@"^\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?(:\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?)?$")]
    private static partial Regex Corners();

    [GeneratedRegex(@"^('(?:[^']|'')+')!(.+)$", RegexOptions.Singleline)]
    private static partial Regex QuotedTitle();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex PlainTitle();

    [GeneratedRegex("^[A-Za-z]{1,3}[0-9]+$")]
    private static partial Regex CellName();
}
