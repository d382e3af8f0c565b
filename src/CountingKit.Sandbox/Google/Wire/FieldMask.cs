using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.Wire;

/// <summary>A set of field paths: <c>a,b(c,d/e),f.g</c>, or everything with <c>*</c>.</summary>
internal sealed class FieldMask
{
    private readonly SortedDictionary<string, FieldMask> children = new(StringComparer.Ordinal);

    /// <summary>Everything below this point is meant.</summary>
    public bool All { get; private set; }

    public IEnumerable<string> Names => children.Keys;

    /// <exception cref="GoogleError">Empty, not well formed, or naming a field that <paramref name="type"/> does not have.</exception>
    public static FieldMask ForUpdate(string? text, Schema schema, string type)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw GoogleError.Invalid(
                "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
        return Read(text, schema, type, path => GoogleError.Invalid($"Invalid field: {path}"));
    }

    /// <summary>The mask of a partial answer.</summary>
    public static FieldMask ForAnswer(string text, Schema schema, string type) =>
        Read(text, schema, type, path => GoogleError.Invalid(
        $"Request contains an invalid argument. Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."));

    public bool Has(string name) => All || children.ContainsKey(name);

    public FieldMask? Child(string name) => All ? this : children.GetValueOrDefault(name);

    /// <summary>Cuts an answer down to the mask.</summary>
    public JsonNode? Cut(JsonNode? node) => (All, node) switch
    {
        (true, _) => node?.DeepClone(),
        (_, JsonArray list) => new JsonArray([.. list.Select(Cut)]),
        (_, JsonObject json) => new JsonObject(json.Where(member => children.ContainsKey(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, children[member.Key].Cut(member.Value)))),
        _ => node?.DeepClone(),
    };

    /// <summary>Sets the masked fields of <paramref name="target"/> as <paramref name="source"/> has them; what it lacks is removed.</summary>
    public void Apply(JsonObject target, JsonObject source)
    {
        foreach (var name in All ? [.. target.Select(m => m.Key).Union(source.Select(m => m.Key))]
            : children.Keys.ToList())
        {
            var child = Child(name)!;
            if (child.All)
            {
                target.Remove(name);
                if (source[name] is { } value) target[name] = value.DeepClone();
                continue;
            }
            var inner = target.Object(name) ?? [];
            child.Apply(inner, source.Object(name) ?? []);
            if (inner.Parent is not null) continue;
            target.Remove(name);
            if (inner.Count > 0) target[name] = inner;
        }
    }

    private static FieldMask Read(string text, Schema schema, string type, Func<string, GoogleError> unknown)
    {
        var at = 0;
        var mask = new FieldMask();
        Level(mask, type, "");
        return at == text.Length ? mask : throw unknown(text);

        void Level(FieldMask into, string levelType, string path)
        {
            while (true)
            {
                Item(into, levelType, path);
                if (at >= text.Length || text[at] != ',') return;
                at++;
            }
        }

        void Item(FieldMask into, string levelType, string path)
        {
            var start = at;
            while (at < text.Length && !",()./".Contains(text[at])) at++;
            var name = text[start..at].Trim();
            if (name == "*")
            {
                into.All = true;
                return;
            }
            var full = path.Length == 0 ? name : path + "." + name;
            if (name.Length == 0 || schema.TypeOf(levelType, name) is not { } fieldType) throw unknown(full);
            var child = into.children.TryGetValue(name, out var known) ? known : into.children[name] = new FieldMask();
            if (at < text.Length && text[at] is ('.' or '/'))
            {
                at++;
                Item(child, fieldType, full);
            }
            else if (at < text.Length && text[at] == '(')
            {
                at++;
                Level(child, fieldType, full);
                if (at >= text.Length || text[at] != ')') throw unknown(text);
                at++;
            }
            else
            {
                child.All = true;
            }
        }
    }
}
