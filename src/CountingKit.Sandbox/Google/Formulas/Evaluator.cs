using System.Globalization;
using System.Text.RegularExpressions;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Formulas;

/// <summary>
/// Computes what a person would see: arithmetic, comparison, joining, references, ranges, named ranges and the functions in
/// <see cref="Functions"/>. What it does not know is #NAME?, as in Sheets.
/// </summary>
internal sealed class Evaluator(Workbook workbook)
{
    private readonly Dictionary<(int Sheet, int Row, int Column), object?> computed = [];
    private readonly HashSet<(int, int, int)> running = [];

    /// <returns>null, <see cref="string"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="CellFault"/>.</returns>
    public object? Value(Tab tab, int row, int column)
    {
        var stored = tab[row, column]?.Value;
        if (stored is not Formula formula) return stored;
        var place = (tab.SheetId, row, column);
        if (computed.TryGetValue(place, out var known)) return known;
        if (!running.Add(place)) return CellFault.Reference;
        try
        {
            return computed[place] = Compute(formula.Text, tab);
        }
        finally
        {
            running.Remove(place);
        }
    }

    private object? Compute(string text, Tab tab)
    {
        var pieces = new List<Match>();
        for (var at = 1; at < text.Length;)
        {
            var match = FormulaText.Piece().Match(text, at);
            if (!match.Groups["space"].Success) pieces.Add(match);
            at += match.Length;
        }
        var reader = new Reader(this, tab, pieces);
        var result = reader.Comparison();
        return reader.AtEnd ? Single(result) : CellFault.Syntax;
    }

    private object? Single(object? value) =>
        value is Block block ? Value(block.Tab, block.Area.Row0, block.Area.Column0) : value;

    private IEnumerable<object?> Cells(object? value)
    {
        if (value is not Block block) return [value];
        return Enumerable.Range(
            block.Area.Row0, Math.Max(0, Math.Min(block.Area.Row1, block.Tab.UsedRows) - block.Area.Row0))
            .SelectMany(row => Enumerable.Range(block.Area.Column0, block.Area.Width)
                .Select(column => Value(block.Tab, row, column)));
    }

    private object? Refer(Reference reference, Tab home)
    {
        var tab = reference.Title is null ? home : workbook.ByTitle(reference.Title);
        if (tab is null) return CellFault.Reference;
        var area = reference.On(tab);
        return area.Height > 0 && area.Width > 0 ? new Block(tab, area) : CellFault.Reference;
    }

    private object? Named(string name)
    {
        if (workbook.NamedRange(name) is not { } named) return CellFault.Name;
        if (named.Object("range") is not { Count: > 0 } range) return CellFault.Reference;
        var grid = GridRange.Read(range);
        return workbook.Find(grid.SheetId) is { } tab && grid.Within(tab) is { } area
            ? new Block(tab, area)
            : CellFault.Reference;
    }

    /// <summary>A rectangle that an operand names.</summary>
    internal sealed record Block(Tab Tab, Area Area);

    /// <summary>Recursive descent over one formula's pieces; a fault in an operand is the result.</summary>
    private sealed class Reader(Evaluator evaluator, Tab home, List<Match> pieces)
    {
        private int at;

        public bool AtEnd => at == pieces.Count;

        public object? Comparison()
        {
            var left = Sum("&");
            while (Sign("=", "<>", "<", ">", "<=", ">=") is { } sign)
                left = Operators.Compare(sign, One(left), One(Sum("&")));
            return left;
        }

        private object? Sum(string level)
        {
            var left = level == "&" ? Sum("+") : level == "+" ? Sum("*") : level == "*" ? Sum("^") : Unary();
            string[] signs = level switch { "+" => ["+", "-"], "*" => ["*", "/"], _ => [level] };
            while (Sign(signs) is { } sign)
            {
                var right = level == "&" ? Sum("+") : level == "+" ? Sum("*") : level == "*" ? Sum("^") : Unary();
                left = Operators.Apply(sign, One(left), One(right));
            }
            return left;
        }

        private object? Unary()
        {
            if (Sign("-") is not null) return Operators.Apply("-", 0d, One(Unary()));
            if (Sign("+") is not null) return Unary();
            var value = Operand();
            while (Sign("%") is not null) value = Operators.Apply("/", One(value), 100d);
            return value;
        }

        private object? Operand()
        {
            if (AtEnd) return CellFault.Syntax;
            var piece = pieces[at++];
            if (piece.Groups["text"].Success) return piece.Value[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
            if (piece.Groups["number"].Success) return double.Parse(piece.Value, CultureInfo.InvariantCulture);
            if (piece.Groups["lost"].Success) return CellFault.Reference;
            if (piece.Groups["ref"].Success)
                return FormulaText.Read(piece) is { } reference ? evaluator.Refer(reference, home) : CellFault.Syntax;
            if (piece.Groups["word"].Success) return Word(piece.Value);
            if (piece.Value != "(") return CellFault.Syntax;
            var inner = Comparison();
            return Sign(")") is null ? CellFault.Syntax : inner;
        }

        private object? Word(string word)
        {
            if (Sign("(") is null)
                return word.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => evaluator.Named(word) };
            var arguments = new List<object?>();
            if (Sign(")") is not null) return Functions.Call(word, arguments, evaluator.Cells, One);
            do arguments.Add(Comparison());
            while (Sign(",", ";") is not null);
            return Sign(")") is null ? CellFault.Syntax : Functions.Call(word, arguments, evaluator.Cells, One);
        }

        private object? One(object? value) => evaluator.Single(value);

        private string? Sign(params string[] signs)
        {
            if (AtEnd || !pieces[at].Groups["sign"].Success || !signs.Contains(pieces[at].Value)) return null;
            return pieces[at++].Value;
        }
    }
}
