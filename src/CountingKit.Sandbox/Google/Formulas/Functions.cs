using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Formulas;

/// <summary>The functions that people put around exported data most.</summary>
internal static class Functions
{
    public static object? Call(
        string name, List<object?> arguments, Func<object?, IEnumerable<object?>> cells, Func<object?, object?> single)
    {
        var known = name.ToUpperInvariant();
        if (known == "INDEX") return Index(arguments, single);
        if (known is "ROWS" or "COLUMNS")
            return arguments is not [Evaluator.Block sized] ? Fault(arguments)
                : known == "ROWS" ? (double)sized.Area.Height : (double)sized.Area.Width;
        if (known == "IF") return If(arguments, single);
        if (known == "ROUND") return Round(arguments.ConvertAll(argument => single(argument)));

        var all = arguments.SelectMany(cells).ToList();
        if (known == "COUNTA") return (double)all.Count(value => value is not null);
        var numbers = all.OfType<double>().ToList();
        if (known == "COUNT") return (double)numbers.Count;
        if (all.OfType<CellFault>().FirstOrDefault() is { } fault) return fault;
        return known switch
        {
            "SUM" => numbers.Sum(),
            "AVERAGE" => numbers.Count == 0 ? CellFault.DivideByZero : numbers.Average(),
            "MIN" => numbers.Count == 0 ? 0d : numbers.Min(),
            "MAX" => numbers.Count == 0 ? 0d : numbers.Max(),
            _ => CellFault.Name,
        };
    }

    public static object? Index(List<object?> arguments, Func<object?, object?> single)
    {
        if (arguments is not [Evaluator.Block block, .. var rest] || rest.Count > 2) return Fault(arguments);
        if (Operators.Number(single(rest.ElementAtOrDefault(0))) is not { } row
            || Operators.Number(single(rest.ElementAtOrDefault(1))) is not { } column) return CellFault.Value;
        var area = block.Area;
        if (row < 0 || column < 0 || row > area.Height || column > area.Width) return CellFault.Reference;
        if (row > 0) area = area with { Row0 = area.Row0 + (int)row - 1, Row1 = area.Row0 + (int)row };
        if (column > 0)
            area = area with { Column0 = area.Column0 + (int)column - 1, Column1 = area.Column0 + (int)column };
        return block with { Area = area };
    }

    private static object? If(List<object?> arguments, Func<object?, object?> single)
    {
        if (arguments.Count is < 2 or > 3) return CellFault.Value;
        var test = single(arguments[0]);
        if (test is CellFault) return test;
        return Operators.Number(test) is not { } truth ? CellFault.Value
            : truth != 0 ? arguments[1] : arguments.Count == 3 ? arguments[2] : false;
    }

    public static object? Round(List<object?> values)
    {
        if (Fault(values) is var fault && values.OfType<CellFault>().Any()) return fault;
        if (values.Count is < 1 or > 2 || Operators.Number(values[0]) is not { } number) return CellFault.Value;
        var places = Operators.Number(values.ElementAtOrDefault(1)) ?? 0;
        var scale = Math.Pow(10, places);
        return Math.Round(number * scale, MidpointRounding.AwayFromZero) / scale;
    }

    private static CellFault Fault(List<object?> arguments) =>
        arguments.OfType<CellFault>().FirstOrDefault() ?? CellFault.Value;
}
