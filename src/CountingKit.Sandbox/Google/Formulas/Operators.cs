using System.Globalization;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Formulas;

/// <summary>Arithmetic, joining and comparison of single values.</summary>
internal static class Operators
{
    public static object? Apply(string sign, object? left, object? right)
    {
        if ((left as CellFault ?? right as CellFault) is { } fault) return fault;
        if (sign == "&") return Text(left) + Text(right);
        if (Number(left) is not { } a || Number(right) is not { } b) return CellFault.Value;
        return sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "^" => Math.Pow(a, b),
            _ => b == 0 ? CellFault.DivideByZero : a / b,
        };
    }

    public static object? Compare(string sign, object? left, object? right)
    {
        if ((left as CellFault ?? right as CellFault) is { } fault) return fault;
        var order = (left, right) switch
        {
            (double or null, double or null) => (Number(left) ?? 0).CompareTo(Number(right) ?? 0),
            (bool a, bool b) => a.CompareTo(b),
            _ => string.Compare(Text(left), Text(right), StringComparison.OrdinalIgnoreCase),
        };
        return sign switch
        {
            "=" => order == 0,
            "<>" => order != 0,
            "<" => order < 0,
            ">" => order > 0,
            "<=" => order <= 0,
            _ => order >= 0,
        };
    }

    public static double? Number(object? value) => value switch
    {
        null => 0,
        double number => number,
        bool truth => truth ? 1 : 0,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) =>
            parsed,
        _ => null,
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.###############", CultureInfo.InvariantCulture),
        bool truth => truth ? "TRUE" : "FALSE",
        CellFault fault => fault.Text,
        _ => (string)value,
    };
}
