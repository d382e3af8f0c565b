using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Formulas;

/// <summary>Finds the references in a formula's text and writes them anew where rows, columns or tabs have changed.</summary>
internal static partial class FormulaText
{
    public const string Lost = "#REF!";

    /// <param name="change">The reference as it is now; null where what it named is gone.</param>
    public static string Rewrite(string formula, Func<Reference, Reference?> change)
    {
        var written = new StringBuilder();
        var at = 0;
        while (at < formula.Length)
        {
            var match = Piece().Match(formula, at);
            var piece = match.Value;
            if (match.Groups["ref"].Success && Read(match) is { } reference)
                written.Append(change(reference) is not { } changed ? Lost
                    : changed == reference ? piece : changed.ToString());
            else
                written.Append(piece);
            at += piece.Length;
        }
        return written.ToString();
    }

    public static Reference? Read(Match match)
    {
        var (c0, r0) = (Column(match, "c0"), Row(match, "r0"));
        var range = match.Groups["to"].Success;
        var (c1, r1) = range ? (Column(match, "c1"), Row(match, "r1")) : (c0, r0);
        if (!range && (c0 is null || r0 is null)) return null;
        if (c0 is null && r0 is null || c1 is null && r1 is null || c0 is null != c1 is null) return null;
        var title = match.Groups["tab"] is { Success: true } tab ? A1.Unquote(tab.Value[..^1]) : null;
        return new Reference(title, r0, c0, r1, c1, range);
    }

    private static Edge? Column(Match match, string group) =>
        match.Groups[group] is { Success: true, Length: > 0 } found
        ? new Edge(A1.ColumnIndex(found.Value.TrimStart('$')), found.Value[0] == '$')
        : null;

    private static Edge? Row(Match match, string group) => match.Groups[group] is { Success: true, Length: > 0 } found
        ? new Edge(int.Parse(found.Value.TrimStart('$'), CultureInfo.InvariantCulture) - 1, found.Value[0] == '$')
        : null;

    /// <summary>The next piece: a text in quotes, a reference, a word or number, an operator, or one character.</summary>
    [GeneratedRegex("""
        \G(?:
          (?<text>"(?:[^"]|"")*")
        | (?<ref>(?<tab>(?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_]*)!)?
            (?: (?<c0>\$?[A-Za-z]{1,3})(?<r0>\$?[1-9][0-9]{0,7})(?<to>:(?<c1>\$?[A-Za-z]{1,3})?(?<r1>\$?[1-9][0-9]{0,7})?)?
              | (?<c0>\$?[A-Za-z]{1,3})(?<to>:(?<c1>\$?[A-Za-z]{1,3})(?<r1>\$?[1-9][0-9]{0,7})?)
              | (?<r0>\$?[1-9][0-9]{0,7})(?<to>:(?<r1>\$?[1-9][0-9]{0,7}))
            )(?![A-Za-z0-9_(.]))
        | (?<lost>\#REF!)
        | (?<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
        | (?<word>[A-Za-z_][A-Za-z0-9_.]*)
        | (?<space>\s+)
        | (?<sign><>|<=|>=|.)
        )
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    public static partial Regex Piece();
}
