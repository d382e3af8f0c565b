using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google;

/// <summary>Reads members of JSON objects whose shape has been checked; a number may also come as a text, as in protobuf's JSON.</summary>
internal static class JsonReading
{
    public static JsonObject? Object(this JsonObject json, string name) => json[name] as JsonObject;

    public static JsonArray Array(this JsonObject json, string name) => json[name] as JsonArray ?? [];

    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) =>
        json.Array(name).OfType<JsonObject>();

    public static string? Text(this JsonObject json, string name) => json[name]?.ToString();

    public static int? Int(this JsonObject json, string name) =>
        json[name] is { } node ? (int)double.Parse(node.ToString(), CultureInfo.InvariantCulture) : null;

    public static bool Flag(this JsonObject json, string name) => json[name]?.GetValueKind() == JsonValueKind.True;

    public static JsonObject Copy(this JsonObject json) => (JsonObject)json.DeepClone();
}
