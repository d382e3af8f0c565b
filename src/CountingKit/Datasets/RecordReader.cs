using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>
/// Reads a record's bytes as received into typed cells: the one place where JSON becomes numbers, dates and texts. No
/// tree is built; per record only the texts are new. Not for two threads at once.
/// </summary>
/// <remarks>
/// Absent, null and "" are no value. Dates: <c>/Date(ms+zone)/</c> (0 = no value), ISO with or without a zone. Numbers
/// and booleans may be texts. A number beyond 28 digits is rounded to what a decimal holds. Unknown properties are
/// passed over.
/// </remarks>
public sealed class RecordReader
{
    private readonly RecordNode root = new("");
    private readonly RecordFormula[] formulas;
    private readonly CellValue[] inputs;

    /// <exception cref="ArgumentException">
    /// A column's path is in none of the forms of <see cref="ColumnPaths"/>.
    /// </exception>
    public RecordReader(IReadOnlyList<Column> columns)
    {
        var wanted = 0;
        formulas = [.. columns.Select(column => RecordFormula.Parse(column, root, ref wanted))];
        inputs = new CellValue[wanted];
    }

    /// <summary>The record's cells, in the order of the columns.</summary>
    /// <exception cref="UnreadableRecordException">With the path of what is not as documented.</exception>
    public CellValue[] Read(ReadOnlySpan<byte> record)
    {
        var cells = new CellValue[formulas.Length];
        Read(record, cells);
        return cells;
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public void Read(ReadOnlySpan<byte> record, Span<CellValue> cells)
    {
        Array.Clear(inputs);
        try
        {
            var json = new Utf8JsonReader(record);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                throw new UnreadableRecordException("The record", "is not an object");
            ReadObject(ref json, root);
            if (json.Read()) throw new UnreadableRecordException("The record", "is followed by something else");
        }
        catch (JsonException e)
        {
            throw new UnreadableRecordException("The record", "is not readable JSON", e);
        }

        for (var i = 0; i < formulas.Length; i++) cells[i] = formulas[i].Cell(inputs);
    }

    private void ReadObject(ref Utf8JsonReader json, RecordNode node)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Child(ref json, node) is { } child) ReadValue(ref json, child);
            else json.Skip();
        }
    }

    private static RecordNode? Child(ref Utf8JsonReader json, RecordNode node)
    {
        for (var i = 0; i < node.Children.Count; i++)
            if (json.ValueTextEquals(node.Children[i].Name)) return node.Children[i];
        return null;
    }

    private void ReadValue(ref Utf8JsonReader json, RecordNode node)
    {
        json.Read();
        for (var i = 0; i < node.Values.Count; i++)
        {
            var (type, input) = node.Values[i];
            inputs[input] = Scalar.Read(ref json, type, node.Path);
        }

        if (node.CountInput is { } count) inputs[count] = CountElements(ref json, node.Path);
        else if (json.TokenType == JsonTokenType.StartObject) ReadObject(ref json, node);
        else if (node.Children.Count > 0 && !IsNoValue(ref json)) Refuse(node);
    }

    private static bool IsNoValue(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null || (json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty);

    private static CellValue CountElements(ref Utf8JsonReader json, string path)
    {
        if (IsNoValue(ref json)) return CellValue.Null;
        if (json.TokenType != JsonTokenType.StartArray) throw new UnreadableRecordException(path, "is not a list");

        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Null) count++;
            json.Skip();
        }

        return CellValue.Number(count);
    }

    private static void Refuse(RecordNode node) =>
        throw new UnreadableRecordException(node.Path, "has another shape than documented");
}
