using System.Buffers;
using System.Text;

namespace CountingKit.Datasets;

/// <summary>
/// One property on the way to the values that a reader wants: paths that begin alike share their nodes.
/// </summary>
internal sealed class RecordNode(string path)
{
    private static readonly SearchValues<char> Foreign = SearchValues.Create(" []=()/");

    private readonly List<RecordNode> children = [];
    private readonly List<(ColumnType Type, int Input)> values = [];
    private byte[] name = [];

    public string Path { get; } = path;

    public ReadOnlySpan<byte> Name => name;

    public IReadOnlyList<RecordNode> Children => children;

    /// <summary>The value here, as a type, and where it goes.</summary>
    public IReadOnlyList<(ColumnType Type, int Input)> Values => values;

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

    private RecordNode Find(string path)
    {
        var node = this;
        foreach (var part in path.Split('.'))
        {
            if (part.Length == 0 || part.AsSpan().ContainsAny(Foreign))
                throw new ArgumentException($"{path} is not a path that the reader knows.");
            node = node.Child(part);
        }

        return node;
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
