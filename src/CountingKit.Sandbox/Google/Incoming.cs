using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Wire;
using CountingKit.Sandbox.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CountingKit.Sandbox.Google;

/// <summary>
/// A request as it was sent: the path from the raw target, each segment decoded once (a range may hold an encoded slash), the
/// body unpacked, and a GET that came as a POST (<c>X-HTTP-Method-Override</c>) turned back.
/// </summary>
internal sealed class Incoming
{
    private const int MaxBody = 10_485_760;
    private string text = "";

    public required string Method { get; init; }
    public required string[] Path { get; init; }
    public required Dictionary<string, StringValues> Query { get; init; }
    public required string? Authorization { get; init; }
    public required RequestNote Note { get; init; }

    public bool IsGet => Method == "GET";

    public static async Task<Incoming> Read(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var body = await Text(request);
        var query = QueryHelpers.ParseQuery(target.Length > 1 ? target[1] : "");
        var method = request.Method;
        if (method == "POST" && request.Headers["X-HTTP-Method-Override"] == "GET")
        {
            method = "GET";
            foreach (var (name, values) in QueryHelpers.ParseQuery(body))
                query[name] = StringValues.Concat(query.GetValueOrDefault(name), values);
            body = "";
        }
        return new Incoming
        {
            Method = method,
            Path = [.. target[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)],
            Query = query,
            Authorization = request.Headers.Authorization.ToString() is { Length: > 0 } given ? given : null,
            Note = RequestNote.Of(context),
            text = body,
        };
    }

    public string? Value(string name) => Query.TryGetValue(name, out var values) ? values[^1] : null;

    public IReadOnlyList<string> Values(string name) =>
        Query.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    public bool Flag(string name) => Value(name) is "true" or "True" or "1";

    public Dictionary<string, StringValues> Form() => QueryHelpers.ParseQuery(text);

    /// <exception cref="GoogleError">Too long, not JSON, or not of the type.</exception>
    public JsonObject Json(Schema schema, string type)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBody)
            throw GoogleError.Invalid($"Request payload size exceeds the limit: {MaxBody} bytes.");
        if (string.IsNullOrWhiteSpace(text)) return [];
        try
        {
            if (JsonNode.Parse(text) is not JsonObject json)
                throw GoogleError.Invalid("Invalid JSON payload received. Root element must be a message.");
            schema.Check(json, type);
            return json;
        }
        catch (JsonException e)
        {
            throw GoogleError.Invalid($"Invalid JSON payload received. {e.Message}");
        }
        catch (ArgumentException e)
        {
            throw GoogleError.Invalid($"Invalid JSON payload received. {e.Message}");
        }
    }

    private static async Task<string> Text(HttpRequest request)
    {
        var zipped = request.Headers.ContentEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        await using var body = zipped ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
