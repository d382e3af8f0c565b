using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CountingKit.Tests.Datasets;

/// <summary>A place in a record: names of properties, and places in lists.</summary>
internal sealed partial record JsonField(IReadOnlyList<object> Steps)
{
    public bool IsElement => Steps[^1] is int;

    private string Names => string.Join('.', Steps.OfType<string>());

    public override string ToString() => string.Join('.', Steps);

    public static IEnumerable<JsonField> AllOf(JsonNode record) => Below(record, []);

    /// <summary>What a column's cell is made from, as its path says it; empty = from nothing in the record.</summary>
    public static IReadOnlyList<string> PathsOf(string path)
    {
        if (!path.StartsWith('=')) return [path];
        var open = path.IndexOf('(', StringComparison.Ordinal);
        return [.. path[(open > 0 ? open + 1 : 1)..].Split([", ", " / "], StringSplitOptions.None).Select(part => part.TrimEnd(')'))
            .Where(part => part is not ("organization" or "place") && !part.StartsWith("https:", StringComparison.Ordinal))];
    }

    public JsonNode? Of(JsonNode? record) => Steps.Aggregate(record, (node, step) => step is int place ? node![place] : node![(string)step]);

    /// <param name="json">Null = the field is missing.</param>
    public void Put(JsonNode record, string? json)
    {
        var parent = new JsonField([.. Steps.SkipLast(1)]).Of(record)!;
        if (Steps[^1] is int place) parent[place] = JsonNode.Parse(json!);
        else if (json is null) parent.AsObject().Remove((string)Steps[^1]);
        else parent[(string)Steps[^1]] = JsonNode.Parse(json);
    }

    /// <summary>Whether what stands here is what the path means, is around it, or decides which element it means.</summary>
    public bool Touches(string path, JsonNode record)
    {
        JsonNode? node = record;
        var at = 0;
        foreach (var part in path.Split('.'))
        {
            if (at == Steps.Count) return true;
            var name = part.Split('[')[0];
            if (Steps[at++] is not string step || step != name) return false;
            node = node?[name];
            if (name.Length == part.Length) continue;
            if (at == Steps.Count) return true;
            if (Steps[at++] is not int place) return false;
            node = node?[place];
            switch (part[(name.Length + 1)..^1])
            {
                case "":
                    break;
                case var which when which.Split('=') is [var key, var value]:
                    if (node is not JsonObject element || element[key]?.GetValue<string>() != value) return false;
                    if (at < Steps.Count && Steps[at] is string deciding && deciding == key) return true;
                    break;
                case var which when which != $"{place}":
                    return false;
            }
        }

        return at == Steps.Count || (at == Steps.Count - 1 && IsElement);
    }

    /// <summary>Whether the path means what stands here.</summary>
    public bool Is(string path) => !IsElement && Names == WithoutElements(path);

    /// <summary>Whether the path means something in what stands here.</summary>
    public bool IsAround(string path) => WithoutElements(path).StartsWith($"{Names}.", StringComparison.Ordinal);

    private static string WithoutElements(string path) => Element().Replace(path, "");

    private static IEnumerable<JsonField> Below(JsonNode? node, object[] steps)
    {
        var inside = node switch
        {
            JsonObject all => all.Select(property => (Step: (object)property.Key, property.Value)),
            JsonArray list => list.Select((element, place) => (Step: (object)place, Value: element)),
            _ => [],
        };
        foreach (var (step, value) in inside)
        {
            object[] here = [.. steps, step];
            yield return new(here);
            foreach (var field in Below(value, here)) yield return field;
        }
    }

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Element();
}
