using System.Globalization;
using System.Text;

namespace CountingKit.Messaging;

/// <summary>Text that every place it goes to can hold: databases, the log, pages, sheets.</summary>
public static class PlainText
{
    /// <summary>Others' text beside ours: without the characters that turn the direction of what follows.</summary>
    public static string Straight(string text) => string.Concat(text.Where(c => !IsTurn(c)));

    /// <summary>At most so many UTF-16 units of a text, and never the first half of a character.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        if (longest > 0 && char.IsHighSurrogate(text[longest - 1])) longest--;
        return text[..longest];
    }

    /// <summary>
    /// A reader sees something of it: it is more than spaces, format characters, marks and letters without a shape.
    /// </summary>
    public static bool IsVisible(string text)
    {
        foreach (var each in text.EnumerateRunes())
            if (IsVisible(each)) return true;
        return false;
    }

    private static bool IsVisible(Rune each) => Rune.GetUnicodeCategory(each) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark => false,
        // Fillers of Hangul, and the empty pattern of Braille.
        _ => each.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800),
    };

    private static bool IsTurn(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    /// <summary>
    /// No control characters but tab and line ends, no half of a character (a lone surrogate), nothing that Unicode
    /// says is no character (U+FFFE and its like).
    /// </summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var each = text[i];
            if (char.IsHighSurrogate(each) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if ((char.ConvertToUtf32(each, text[++i]) & 0xFFFE) == 0xFFFE) return false;
            }
            else if (char.IsSurrogate(each) || (char.IsControl(each) && each is not ('\t' or '\n' or '\r'))
                || each is >= '\uFDD0' and <= '\uFDEF' or '\uFFFE' or '\uFFFF')
                return false;
        }

        return true;
    }
}
