using System.Text;
using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>
/// Reads a record's bytes as received into the typed cells of its rows: the one place where JSON becomes numbers, dates and
/// texts. No tree is built; per row only the texts are new. Not for two threads at once.
/// </summary>
/// <remarks>
/// Absent, null and "" are no value. Dates: <c>/Date(ms+zone)/</c> (0 = no value), ISO with or without a zone. Numbers
/// and booleans may be texts. A number beyond 28 digits is rounded to what a decimal holds. U+0000 in a text reads as
/// U+FFFD. Unknown properties are passed over. What can't be read costs its own cell and nothing else.
/// </remarks>
public sealed class RecordReader : IRowReader
{
    private readonly RecordRoots roots;
    private readonly RecordFormula[] formulas;
    private readonly CellValue[] inputs;
    private readonly Reading[] readings;
    private readonly StringBuilder?[] joined;
    private ReadOnlyMemory<byte> record;
    private Reading list;
    private int next;
    private bool isOver;

    /// <param name="list">Its elements are the rows; null = the record is one row.</param>
    /// <exception cref="ArgumentException">
    /// A column's path is in none of the forms of <see cref="ColumnPaths"/>.
    /// </exception>
    public RecordReader(IReadOnlyList<Column> columns, RowList? list = null)
    {
        roots = new(list);
        formulas = [.. columns.Select(column => RecordFormula.Parse(column, roots))];
        (inputs, readings) = (new CellValue[roots.Inputs], new Reading[roots.Inputs]);
        joined = new StringBuilder?[roots.Inputs];
    }

    /// <summary>
    /// The row's place among its record's, from 1; 0 = it stands for rows that can't be read: the list is none.
    /// </summary>
    public int Place { get; private set; }

    /// <summary>The cells of a record that is one row, in the order of the columns. Never throws, whatever it holds.</summary>
    /// <param name="unreadable">Set for each column whose value can't be read; its cell is null.</param>
    /// <returns>True = everything could be read.</returns>
    public bool Read(ReadOnlyMemory<byte> json, Span<CellValue> cells, Span<bool> unreadable)
    {
        Open(json);
        Next(cells, unreadable, out var isWhole);
        return isWhole;
    }

    void IRowReader.Open(string key, ReadOnlyMemory<byte> json) => Open(json);

    /// <summary>Goes to the rows of a record. Never throws, whatever it holds.</summary>
    public void Open(ReadOnlyMemory<byte> json)
    {
        (record, next, list, Place, isOver) = (json, -1, Reading.Absent, 0, false);
        Array.Clear(inputs);
        Array.Clear(readings);
        if (!TryReadInputs(record.Span))
        {
            Array.Clear(inputs);
            Array.Fill(readings, Reading.Unreadable);
            list = Reading.Unreadable;
        }

        EndJoined();
    }

    /// <summary>The cells of the next row, in the order of the columns.</summary>
    /// <param name="unreadable">Set for each column whose value can't be read; its cell is null.</param>
    /// <param name="isWhole">True = everything could be read.</param>
    /// <returns>False = there is no other.</returns>
    public bool Next(Span<CellValue> cells, Span<bool> unreadable, out bool isWhole)
    {
        isWhole = true;
        if (isOver) return false;
        if (list == Reading.Unreadable && roots.List is not null) isOver = true;
        else if (list != Reading.Told || !TryReadElement())
        {
            isOver = true;
            if (Place > 0 || roots.List is { KeepsEmpty: false }) return false;
            Begin(1);
        }

        for (var i = 0; i < formulas.Length; i++)
        {
            unreadable[i] = !formulas[i].TryCell(inputs, readings, out cells[i]);
            if (unreadable[i]) (cells[i], isWhole) = (CellValue.Null, false);
        }

        isWhole &= Place > 0;
        return true;
    }

    /// <returns>False = the list ends here.</returns>
    private bool TryReadElement()
    {
        var bytes = record.Span;
        while (true)
        {
            while (bytes[next] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',') next++;
            if (bytes[next] == ']') return false;
            var json = new Utf8JsonReader(bytes[next..], JsonText.AnyDepth);
            json.Read();
            var isNothing = IsNoValue(ref json);
            if (!isNothing) ReadElement(ref json);
            next += (int)json.BytesConsumed;
            if (!isNothing && !IsSkipped()) return true;
        }
    }

    private bool IsSkipped() => roots.SkipsInput is { } skips && inputs[skips] is { IsNull: false, AsYesNo: true };

    private void ReadElement(ref Utf8JsonReader json)
    {
        foreach (var input in roots.OfElement) Clear(input, Reading.Absent);
        Begin(Place + 1);
        if (json.TokenType == JsonTokenType.StartObject) ReadObject(ref json, roots.Element);
        else
        {
            foreach (var input in roots.OfElement) readings[input] = Reading.Unreadable;
            json.Skip();
        }

        EndJoined();
    }

    private void Begin(int place)
    {
        Place = place;
        if (roots.PlaceInput is { } input) (inputs[input], readings[input]) = (CellValue.Number(place), Reading.Told);
    }

    /// <returns>False = the bytes are not one JSON object.</returns>
    private bool TryReadInputs(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = new Utf8JsonReader(bytes, JsonText.AnyDepth);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            ReadObject(ref json, roots.Record);
            return !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
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
            if (JsonText.IsCalled(ref json, node.Children[i].Name)) return node.Children[i];
        return null;
    }

    private void ReadValue(ref Utf8JsonReader json, RecordNode node)
    {
        json.Read();
        if (node == roots.ListNode)
        {
            list = json.TokenType == JsonTokenType.StartArray ? Reading.Told : IsNoValue(ref json) ? Reading.Absent : Reading.Unreadable;
            next = (int)json.TokenStartIndex + 1;
        }

        for (var i = 0; i < node.Values.Count; i++)
        {
            var (type, input) = node.Values[i];
            readings[input] = Scalar.TryRead(ref json, type, out inputs[input]);
        }

        for (var i = 0; i < node.Joined.Count; i++) Join(ref json, node.Joined[i]);

        if (node.Elements.Count > 0) ReadList(ref json, node);
        else if (node.CountInput is { } count) readings[count] = CountElements(ref json, out inputs[count]);
        else if (json.TokenType == JsonTokenType.StartObject && node.Children.Count > 0) ReadObject(ref json, node);
        else
        {
            Clear(node, IsNoValue(ref json) ? Reading.Absent : Reading.Unreadable);
            json.Skip();
        }
    }

    private void ReadList(ref Utf8JsonReader json, RecordNode node)
    {
        if (node.CountInput is { } count)
        {
            var counted = json; // A copy: what is read twice is walked twice.
            readings[count] = CountElements(ref counted, out inputs[count]);
        }

        var other = json.TokenType == JsonTokenType.StartArray ? (Reading?)null : IsNoValue(ref json) ? Reading.Absent : Reading.Unreadable;
        foreach (var (_, element) in node.Elements) Clear(element, other ?? Reading.Absent);
        if (other is not null)
        {
            json.Skip();
            return;
        }

        Span<bool> found = stackalloc bool[node.Elements.Count];
        for (var place = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; place++)
        {
            for (var i = 0; i < node.Elements.Count; i++)
            {
                var (which, element) = node.Elements[i];
                if (found[i] || !which.IsMeant(json, place)) continue;
                found[i] = !which.IsEach;
                var own = json;
                if (own.TokenType == JsonTokenType.StartObject) ReadObject(ref own, element);
                else if (!IsNoValue(ref own)) Clear(element, Reading.Unreadable);
            }

            json.Skip();
        }
    }

    private void Join(ref Utf8JsonReader json, int input)
    {
        var reading = Scalar.TryRead(ref json, ColumnType.Text, out var cell);
        if (reading == Reading.Unreadable) readings[input] = reading;
        if (reading != Reading.Told || readings[input] == Reading.Unreadable) return;
        var text = joined[input] ??= new StringBuilder();
        if (text.Length > 0) text.Append(", ");
        text.Append(cell.AsText);
        readings[input] = reading;
    }

    /// <summary>Made once each is read: there may be many elements.</summary>
    private void EndJoined()
    {
        for (var input = 0; input < joined.Length; input++)
        {
            if (joined[input] is not { Length: > 0 } text) continue;
            if (readings[input] == Reading.Told) inputs[input] = CellValue.Text(text.ToString());
            text.Clear();
        }
    }

    /// <summary>What stands in the place of an object has none of its values.</summary>
    private void Clear(RecordNode node, Reading reading)
    {
        for (var i = 0; i < node.Children.Count; i++)
        {
            var child = node.Children[i];
            for (var j = 0; j < child.Values.Count; j++) Clear(child.Values[j].Input, reading);
            for (var j = 0; j < child.Joined.Count; j++) Clear(child.Joined[j], reading);
            if (child.CountInput is { } count) Clear(count, reading);
            Clear(child, reading);
        }

        for (var i = 0; i < node.Elements.Count; i++) Clear(node.Elements[i].Node, reading);
    }

    private void Clear(int input, Reading reading)
    {
        (inputs[input], readings[input]) = (CellValue.Null, reading);
        joined[input]?.Clear();
    }

    private static bool IsNoValue(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null || (json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty);

    private static Reading CountElements(ref Utf8JsonReader json, out CellValue cell)
    {
        cell = CellValue.Null;
        if (IsNoValue(ref json)) return Reading.Absent;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return Reading.Unreadable;
        }

        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Null) count++;
            json.Skip();
        }

        cell = CellValue.Number(count);
        return Reading.Told;
    }
}
