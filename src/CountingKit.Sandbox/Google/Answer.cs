using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google;

/// <summary>What goes back to the caller.</summary>
internal sealed record Answer(int Status, string? Body, string ContentType)
{
    public string? Location { get; init; }

    public static Answer Json(JsonNode json, int status = 200) =>
        new(status, json.ToJsonString(), "application/json; charset=UTF-8");

    public static Answer Html(string html, int status = 200) => new(status, html, "text/html; charset=utf-8");

    public static Answer Redirect(string location) =>
        new(302, null, "text/html; charset=utf-8") { Location = location };

    public async Task Send(HttpResponse response)
    {
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        if (Location is not null) response.Headers.Location = Location;
        if (Body is null) return;
        response.ContentType = ContentType;
        await response.WriteAsync(Body);
    }
}
