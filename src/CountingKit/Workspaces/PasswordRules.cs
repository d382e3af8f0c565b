using System.Text;

namespace CountingKit.Workspaces;

/// <summary>
/// Refuses passwords that are tried first: one or two common words (also with digits, signs and the usual letters
/// exchanged), the product's or the person's own name, rows of keys and of digits. The words are in
/// <c>CommonPasswords.txt</c>.
/// </summary>
public static class PasswordRules
{
    /// <summary>The least characters of a password.</summary>
    public const int LeastLength = 12;

    private const int MostCommonWords = 2;

    /// <summary>What a password must hold beside what anybody would guess: so many letters, or so many signs of any kind.</summary>
    private const int LeastLetters = 6;
    private const int LeastSigns = 9;

    private const string Message =
        "This password is made of common words, your own names, or keys in a row. Use several unrelated words.";

    private static readonly string[] KeyRows =
        ["qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm"];

    private static readonly Lazy<IReadOnlyList<string>> Common = new(ReadCommon);

    /// <param name="own">Names and email address of the person, and what else they would think of first.</param>
    /// <returns>Why it is refused; null = it is not, or it is too short anyway, which Identity says.</returns>
    public static string? Problem(string password, params string?[] own)
    {
        if (password.Length < LeastLength) return null;
        var text = password.ToLowerInvariant();
        var words = own.OfType<string>().SelectMany(Words).Concat(Common.Value)
            .OrderByDescending(word => word.Length).ToList();
        return IsGuessed(text, words) || IsGuessed(Meant(text), words) ? Message : null;
    }

    private static bool IsGuessed(string text, IReadOnlyList<string> words)
    {
        var rest = WithoutRows(text);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (!rest.Contains(word, StringComparison.Ordinal)) continue;
            found.Add(word);
            rest = rest.Replace(word, " ", StringComparison.Ordinal);
        }

        return found.Count <= MostCommonWords
            && rest.Count(char.IsLetter) < LeastLetters && rest.Count(c => c != ' ') < LeastSigns;
    }

    /// <summary>Without what follows on a keyboard, in the alphabet, or is one character again and again.</summary>
    private static string WithoutRows(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && IsRow(text.AsSpan(start, end + 1 - start))) end++;
            if (end - start < 4) kept.Append(text, start, end - start);
            else kept.Append(' ');
            start = end;
        }

        return kept.ToString();
    }

    private static bool IsRow(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept(text[0]) < 0) return true;
        Span<char> back = stackalloc char[text.Length];
        text.CopyTo(back);
        back.Reverse();
        foreach (var row in KeyRows)
            if (row.AsSpan().IndexOf(text) >= 0 || row.AsSpan().IndexOf(back) >= 0) return true;
        return false;
    }

    /// <summary>With the letters that signs and digits usually stand for.</summary>
    private static string Meant(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o',
        '1' or '!' or '|' => 'i',
        '3' or '€' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' or '+' => 't',
        '8' => 'b',
        _ => c,
    }));

    private static IEnumerable<string> Words(string own) => own.ToLowerInvariant()
        .Split([' ', '.', '@', '-', '_', '\'', ',', '&', '+'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.Length >= 3);

    private static List<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
    }
}
