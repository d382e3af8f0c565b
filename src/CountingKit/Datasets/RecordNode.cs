using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>
/// One property on the way to the values that a reader wants: paths that begin alike share their nodes.
/// </summary>
internal sealed class RecordNode(string path)
{
    private static readonly SearchValues<char> Foreign = SearchValues.Create(" []=()/");

    private readonly List<RecordNode> children = [];
    private readonly List<(ListElement Which, RecordNode Node)> elements = [];
    private readonly List<int> joined = [];
    private readonly List<(ColumnType Type, int Input)> values = [];
    private byte[] name = [];

    public string Path { get; } = path;

    public ReadOnlySpan<byte> Name => name;

    public IReadOnlyList<RecordNode> Children => children;

    /// <summary>The value here, as a type, and where it goes.</summary>
    public IReadOnlyList<(ColumnType Type, int Input)> Values => values;

    /// <summary>Elements of the list here that somebody wants.</summary>
    public IReadOnlyList<(ListElement Which, RecordNode Node)> Elements => elements;

    /// <summary>Where the value here, as text, is put behind those of other elements.</summary>
    public IReadOnlyList<int> Joined => joined;

    /// <summary>Where the number of elements here goes; null = nobody asks.</summary>
    public int? CountInput { get; private set; }

    public int Want(string path, ColumnType type, ref int inputs)
    {
        var node = Find(path);
        foreach (var (wanted, input) in node.values)
            if (wanted == type) return input;

        node.values.Add((type, inputs));
        return inputs++;
    }

    public int WantCount(string path, ref int inputs)
    {
        var node = Find(path);
        node.CountInput ??= inputs++;
        return node.CountInput.Value;
    }

    public int WantJoined(string path, ref int inputs)
    {
        var node = Find(path);
        node.joined.Add(inputs);
        return inputs++;
    }

    public RecordNode Find(string path)
    {
        var node = this;
        foreach (var part in path.Split('.'))
        {
            var name = part.EndsWith(']') && part.IndexOf('[') is > 0 and var open ? part[..open] : part;
            if (name.Length == 0 || name.AsSpan().ContainsAny(Foreign))
                throw new ArgumentException($"{path} is not a path that the reader knows.");
            node = node.Child(name);
            if (name.Length < part.Length) node = node.Element(ListElement.Parse(part[(name.Length + 1)..^1], path));
        }

        return node;
    }

    private RecordNode Element(ListElement which)
    {
        foreach (var (known, node) in elements)
            if (known == which) return node;
        var made = new RecordNode($"{Path}[{which}]");
        elements.Add((which, made));
        return made;
    }

    private RecordNode Child(string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        var found = children.Find(child => child.name.AsSpan().SequenceEqual(bytes));
        if (found is not null) return found;

        var made = new RecordNode(Path.Length == 0 ? part : $"{Path}.{part}") { name = bytes };
        children.Add(made);
        return made;
    }
}

/// <summary>Which element of a list is meant. Without a place and a property: each.</summary>
/// <param name="Place">From 0.</param>
/// <param name="Property">The first element whose property is <paramref name="Value"/>.</param>
internal sealed record ListElement(int? Place, string? Property, string? Value)
{
    private readonly byte[] property = Encoding.UTF8.GetBytes(Property ?? "");
    private readonly byte[] value = Encoding.UTF8.GetBytes(Value ?? "");

    public bool IsEach => Place is null && Property is null;

    /// <param name="json">At the element; a copy: it is walked.</param>
    /// <param name="place">The element's.</param>
    public bool IsMeant(Utf8JsonReader json, int place)
    {
        if (Property is null) return IsEach || Place == place;
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = JsonText.IsCalled(ref json, property);
            json.Read();
            if (isIt && json.TokenType == JsonTokenType.String && JsonText.IsCalled(ref json, value)) return true;
            json.Skip();
        }

        return false;
    }

    public bool Equals(ListElement? other) =>
        other is not null && Place == other.Place && Property == other.Property && Value == other.Value;

    public override int GetHashCode() => HashCode.Combine(Place, Property, Value);

    /// <exception cref="ArgumentException">Neither empty, nor a place, nor <c>K=V</c>.</exception>
    public static ListElement Parse(string text, string path)
    {
        if (text.Length == 0) return new(null, null, null);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return new(place, null, null);
        return text.Split('=') is [{ Length: > 0 } property, { Length: > 0 } value]
            ? new(null, property, value)
            : throw new ArgumentException($"{path} is not a path that the reader knows.");
    }
}
