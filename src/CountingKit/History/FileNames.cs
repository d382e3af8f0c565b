using System.Globalization;
using System.Text;

namespace CountingKit.History;

/// <summary>Names that every file system and every program can hold.</summary>
internal static class FileNames
{
    /// <summary>UTF-8 bytes of a part: file systems hold 255 in all.</summary>
    private const int LongestPart = 80;

    private const string Forbidden = "<>:\"/\\|?*";

    /// <summary>Names of devices, of old: Windows opens none of them as a file, whatever its ending.</summary>
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    public static string Of(IEnumerable<string> parts, FileFormat format)
    {
        var name = string.Join(" - ", parts.Select(Part).Where(part => part.Length > 0));
        if (Devices.Contains(name.Split('.', ' ')[0])) name = $"_{name}";
        return name + format switch
        {
            FileFormat.Csv => ".csv",
            FileFormat.Xlsx => ".xlsx",
            FileFormat.Parquet => ".parquet",
        };
    }

    /// <summary>What bears the name of one before it bears a number, too.</summary>
    public static IReadOnlyList<FileColumn> Distinct(IReadOnlyList<FileColumn> columns)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. columns.Select(column => column with { Heading = Free(column.Heading, taken) })];
    }

    private static string Free(string heading, HashSet<string> taken)
    {
        var free = heading;
        for (var n = 2; !taken.Add(free); n++) free = string.Create(CultureInfo.InvariantCulture, $"{heading} ({n})");
        return free;
    }

    private static string Part(string text)
    {
        var part = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.Normalize().EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned) continue;
            if ((bytes += rune.Utf8SequenceLength) > LongestPart) break;
            part.Append(rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal) ? "-" : rune.ToString());
        }

        return part.ToString().Trim(' ', '.');
    }
}
