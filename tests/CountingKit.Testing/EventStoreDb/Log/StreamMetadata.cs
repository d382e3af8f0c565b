using System.Text.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>What the newest <c>$metadata</c> event of <c>$$stream</c> says of a stream.</summary>
/// <param name="TruncateBefore">The first revision that is still to be seen.</param>
/// <param name="Json">All of it, for what changes one key and keeps the rest.</param>
internal sealed record StreamMetadata(long TruncateBefore, long? MaxCount, TimeSpan? MaxAge, string Json)
{
    public const string EventType = "$metadata";

    /// <summary>The truncation that hides a whole stream: a soft delete.</summary>
    public const long Everything = long.MaxValue;

    public static readonly StreamMetadata None = new(0, null, null, "{}");

    public bool IsSoftDeleted => TruncateBefore == Everything;

    public static string StreamOf(string stream) => "$$" + stream;

    public static bool IsMetadataStream(string stream) => stream.StartsWith("$$", StringComparison.Ordinal);

    /// <summary>What is no JSON object says nothing, as on the server.</summary>
    public static StreamMetadata Parse(ReadOnlyMemory<byte> data)
    {
        try
        {
            if (JsonNode.Parse(data.Span) is not JsonObject json) return None;
            return new(
                (long?)json["$tb"] ?? 0,
                (long?)json["$maxCount"],
                (long?)json["$maxAge"] is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                json.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return None;
        }
    }

    public byte[] With(long truncateBefore)
    {
        var json = JsonNode.Parse(Json)!.AsObject();
        json["$tb"] = truncateBefore;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
