using System.Globalization;
using System.Text;

namespace CountingKit.Web.Features.Audit;

/// <summary>
/// Foreign text as it can stand beside other text: control characters and those that turn the writing direction are
/// spelled out, so that nothing hides and nothing seems to stand elsewhere.
/// </summary>
internal static class ReadableText
{
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune)) shown.Append(rune.ToString());
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }

        return shown.ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
