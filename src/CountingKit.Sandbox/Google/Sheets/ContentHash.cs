using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>SHA-256 over what a reader of the tab could see of its values and formulas; formats do not count.</summary>
internal static class ContentHash
{
    public static string Of(Tab tab)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = new StringBuilder();
        for (var row = 0; row < tab.UsedRows; row++)
        {
            line.Clear();
            for (var column = 0; column < (tab.StoredRows[row]?.Cells.Length ?? 0); column++)
                if (tab[row, column]?.Value is { } value)
                    line.Append(CultureInfo.InvariantCulture, $"{row},{column},{Tag(value)},{Text(value).Length}:")
                        .Append(Text(value)).Append('\n');
            if (line.Length > 0) hash.AppendData(Encoding.UTF8.GetBytes(line.ToString()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static char Tag(object value) => value switch { double => 'n', bool => 'b', Formula => 'f', _ => 's' };

    private static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "1" : "0",
        Formula formula => formula.Text,
        _ => (string)value,
    };
}
