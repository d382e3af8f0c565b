using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Formulas;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Writes the fields that a mask names into cells, and leaves the others.</summary>
internal sealed class CellPen
{
    private const int MaxNote = 50_000;
    private static readonly string[] OutputOnly = ["effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"];
    private readonly FieldMask mask;
    private readonly bool value;
    private readonly bool dress;

    public CellPen(FieldMask mask)
    {
        this.mask = mask;
        if (!mask.All && mask.Names.FirstOrDefault(OutputOnly.Contains) is { } computed)
            throw GoogleError.Invalid($"{computed} is an output only field and cannot be updated.");
        value = mask.Has("userEnteredValue");
        dress = mask.All || mask.Names.Any(name => name != "userEnteredValue");
    }

    public CellStroke Stroke(JsonObject cell)
    {
        if (cell.Text("note") is { Length: > MaxNote })
            throw GoogleError.Invalid($"Your input contains more than the maximum of {MaxNote} characters in a note.");
        if (mask.Has("userEnteredFormat") && cell.Object("userEnteredFormat")?.Object("numberFormat") is { } format
            && !format.ContainsKey("type"))
            throw GoogleError.Invalid("Invalid userEnteredFormat.numberFormat.type: a number format must have a type.");
        return new CellStroke(
            this, value ? CellValues.Read(cell.Object("userEnteredValue")) : null, dress ? cell : null);
    }

    /// <summary>One cell's worth of writing. Equal cells get the same result object.</summary>
    public sealed class CellStroke(CellPen pen, object? content, JsonObject? source)
    {
        private JsonObject? dressedFrom;
        private JsonObject? dressed;
        private bool known;

        /// <param name="rows">How far the cell is from the first one: a repeated formula's references move along.</param>
        public Cell? On(Cell? before, int rows, int columns)
        {
            var after = !pen.value ? before?.Value
                : content is Formula formula && (rows, columns) != (0, 0)
                    ? new Formula(FormulaText.Rewrite(formula.Text, reference => reference.Moved(rows, columns)))
                    : content;
            return Cell.Of(after, pen.dress ? Dress(before?.Dress) : before?.Dress);
        }

        private JsonObject? Dress(JsonObject? before)
        {
            if (known && ReferenceEquals(before, dressedFrom)) return dressed;
            var made = before?.Copy() ?? [];
            pen.mask.Apply(made, source!);
            made.Remove("userEnteredValue");
            foreach (var name in OutputOnly) made.Remove(name);
            if (made.Text("note") == "") made.Remove("note");
            (dressedFrom, dressed, known) = (before, made, true);
            return made;
        }
    }
}
