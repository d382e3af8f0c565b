using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.Wire;

/// <summary>Names and types of an API. Checks what a caller sends, and the field masks in it, word for word.</summary>
internal sealed class Schema
{
    private readonly Dictionary<string, Dictionary<string, string>> fields = [];
    private readonly Dictionary<string, string[]> enums = [];

    public static Schema Parse(string text)
    {
        var schema = new Schema();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ');
            if (words.Length == 2 && words[1].Contains('|')) schema.enums[words[0]] = words[1].Split('|');
            else schema.fields[words[0]] = words.Skip(1).Select(word => word.Split(':'))
                .ToDictionary(pair => pair[0], pair => pair[1]);
        }
        return schema;
    }

    /// <summary>The type of a field; null when the type has no such field. What is <c>any</c> has every field.</summary>
    public string? TypeOf(string type, string field)
    {
        var plain = type.Replace("[]", "", StringComparison.Ordinal);
        if (plain == "any") return "any";
        return fields.TryGetValue(plain, out var known) && known.TryGetValue(field, out var found) ? found : null;
    }

    /// <exception cref="GoogleError">An unknown name, or a value of another type.</exception>
    public void Check(JsonObject json, string type) => Object(json, type, "");

    private void Object(JsonObject json, string type, string path)
    {
        foreach (var (name, value) in json)
        {
            if (TypeOf(type, name) is not { } fieldType)
                throw GoogleError.Invalid(
                    $"Invalid JSON payload received. Unknown name \"{name}\"{At(path)}: Cannot find field.");
            if (value is not null) Value(value, fieldType, path.Length == 0 ? Snake(name) : path + "." + Snake(name));
        }
    }

    private void Value(JsonNode value, string type, string path)
    {
        if (type == "any") return;
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            if (value is not JsonArray list) throw Wrong(path, type, value);
            for (var i = 0; i < list.Count; i++)
                if (list[i] is { } item && !type.StartsWith("any", StringComparison.Ordinal))
                    Value(item, type[..^2], $"{path}[{i}]");
        }
        else if (fields.ContainsKey(type))
        {
            if (value is not JsonObject json) throw Wrong(path, type, value);
            Object(json, type, path);
        }
        else if (!Fits(value, type))
        {
            throw Wrong(path, type, value);
        }
    }

    private bool Fits(JsonNode value, string type)
    {
        var kind = value.GetValueKind();
        return type switch
        {
            "string" or "mask" => kind == JsonValueKind.String,
            "bool" => kind is JsonValueKind.True or JsonValueKind.False,
            "int" => double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue,
            "double" => kind is JsonValueKind.Number
                || double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            _ => kind == JsonValueKind.String && enums[type].Contains(value.ToString()),
        };
    }

    private static GoogleError Wrong(string path, string type, JsonNode value)
    {
        var wanted = type switch
        {
            "int" => "TYPE_INT32",
            "double" => "TYPE_DOUBLE",
            "bool" => "TYPE_BOOL",
            "string" or "mask" => "TYPE_STRING",
            _ => "type.googleapis.com/google.apps.sheets.v4." + type.Replace("[]", "", StringComparison.Ordinal),
        };
        return GoogleError.Invalid($"Invalid value{At(path)} ({wanted}), {value.ToJsonString()}");
    }

    private static string At(string path) => path.Length == 0 ? "" : $" at '{path}'";

    private static string Snake(string camel)
    {
        var snake = new StringBuilder();
        foreach (var letter in camel)
            if (char.IsAsciiLetterUpper(letter)) snake.Append('_').Append(char.ToLowerInvariant(letter));
            else snake.Append(letter);
        return snake.ToString();
    }
}
