using System.Text;
using CountingKit.Messaging;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Names that we choose: of tabs and of named ranges.</summary>
internal static class TabNames
{
    /// <summary>As Google allows; any character that can be seen may be among them.</summary>
    private const int Longest = 100;

    /// <param name="taken">Titles in the spreadsheet; Google compares them without case.</param>
    public static string Title(string wanted, IEnumerable<string> taken)
    {
        var clean = new string([.. wanted.Select(c => char.IsControl(c) ? ' ' : c)]);
        var title = clean.Trim();
        return Free(title is "" ? "Data" : title, taken, Longest, n => $" ({n})");
    }

    /// <summary>Google's id of our named range: chosen by us, so that it is known again after it was renamed.</summary>
    public static string RangeId(Guid exporterId) => $"ck_{exporterId:N}";

    /// <summary>Such as <c>CK_Invoices</c>.</summary>
    public static string Range(string dataset, IEnumerable<string> taken)
    {
        var name = new StringBuilder("CK_");
        var capital = true;
        foreach (var c in dataset)
        {
            if (char.IsAsciiLetterOrDigit(c)) name.Append(capital ? char.ToUpperInvariant(c) : c);
            capital = !char.IsAsciiLetterOrDigit(c);
        }
        return Free(name.ToString(), taken, 200, n => $"_{n}");
    }

    private static string Cut(string wanted, int longest) =>
        wanted.Length <= longest ? wanted : PlainText.Cut(wanted, longest).TrimEnd();

    private static string Free(string wanted, IEnumerable<string> taken, int longest, Func<int, string> number)
    {
        var others = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var n = 1; ; n++)
        {
            var suffix = n == 1 ? "" : number(n);
            var name = Cut(wanted, longest - suffix.Length) + suffix;
            if (others.Add(name)) return name;
        }
    }
}
