using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace CountingKit.Tests.Xero;

internal sealed record Received(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A little Xero on loopback that a test bends as it likes. Knows the wire, and none of our types.</summary>
internal sealed class FakeXero : IAsyncDisposable
{
    private readonly WebApplication app;
    private int issued;

    private FakeXero(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Every token and code that was ever issued or accepted.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    public Guid UserId { get; set; } = Guid.CreateVersion7();

    public Guid AuthEventId { get; set; } = Guid.CreateVersion7();

    public string Scope { get; set; } =
        "openid profile email offline_access accounting.settings.read accounting.invoices.read";

    public int ExpiresIn { get; set; } = 1800;

    public List<FakeConnection> Connections { get; } = [];

    public string Code { get; set; } = "code-" + Guid.CreateVersion7().ToString("N");

    /// <summary>Null = any refresh token is refused.</summary>
    public string? RefreshToken { get; set; } = "";

    public string AccessToken { get; private set; } = "";

    /// <summary>By which its identity tokens run out.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Changes what the identity token says.</summary>
    public Action<JsonObject> BendIdentity { get; set; } = _ => { };

    /// <summary>Changes the token address's answer before it is sent.</summary>
    public Action<JsonObject> Bend { get; set; } = _ => { };

    /// <summary>Sees each request first; true = it has answered.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(false);

    /// <summary>Answers what lies under <c>/api.xro/2.0</c>.</summary>
    public Func<HttpContext, Task> Accounting { get; set; } = context => Json(context, """{"Organisations":[]}""");

    public int Count(string method, string path) => Requests.Count(r => r.Method == method && r.Path == path);

    public static async Task<FakeXero> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeXero(builder.Build());
        fake.app.Run(fake.Handle);
        await fake.app.StartAsync();
        fake.Address = new Uri(fake.app.Urls.Single());
        return fake;
    }

    public static async Task Json(HttpContext context, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Handle(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        context.Items["body"] = body;
        Requests.Enqueue(new Received(
            context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        if (await Before(context)) return;

        var path = context.Request.Path.Value!;
        if (path == "/connect/token") await Token(context, Form(body));
        else if (path == "/connect/revocation") context.Response.StatusCode = 200;
        else if (!IsSignedIn(context)) await Json(context, """{"Detail":"TokenExpired: token expired"}""", 401);
        else if (path == "/connections") await Json(context, ListConnections(context));
        else if (path.StartsWith("/connections/", StringComparison.Ordinal)) Delete(context, path.Split('/')[2]);
        else await Accounting(context);
    }

    private async Task Token(HttpContext context, Dictionary<string, string> form)
    {
        var good = form["grant_type"] == "authorization_code"
            ? form["code"] == Code
            : RefreshToken is { } current && form["refresh_token"] == current;
        if (!good)
        {
            await Json(context, """{"error":"invalid_grant"}""", 400);
            return;
        }

        await Json(context, Issue());
    }

    /// <summary>A new pair, which takes the place of the old one.</summary>
    public string Issue()
    {
        var number = Interlocked.Increment(ref issued);
        AccessToken = Jwt(new
        {
            xero_userid = UserId, authentication_event_id = AuthEventId, scope = Scope.Split(' '), jti = number,
        });
        RefreshToken = $"refresh-{number}-{Guid.CreateVersion7():N}";
        var who = new JsonObject
        {
            ["iss"] = "https://identity.xero.com", ["aud"] = "app-id",
            ["exp"] = Time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(), ["xero_userid"] = UserId.ToString(),
            ["given_name"] = "Ada", ["family_name"] = "Lee", ["email"] = "ada@example.test",
        };
        BendIdentity(who);
        var identity = Jwt(who);
        Secrets.Add(AccessToken);
        Secrets.Add(RefreshToken);
        Secrets.Add(identity);
        Secrets.Add(Code);
        var answer = new JsonObject
        {
            ["access_token"] = AccessToken, ["refresh_token"] = RefreshToken, ["id_token"] = identity,
            ["expires_in"] = ExpiresIn, ["token_type"] = "Bearer", ["scope"] = Scope,
        };
        Bend(answer);
        return answer.ToJsonString();
    }

    public static Dictionary<string, string> Form(string body) =>
        QueryHelpers.ParseQuery(body).ToDictionary(p => p.Key, p => p.Value.ToString());

    private bool IsSignedIn(HttpContext context) => context.Request.Headers.Authorization == $"Bearer {AccessToken}";

    private string ListConnections(HttpContext context)
    {
        var consent = context.Request.Query["authEventId"].ToString();
        return JsonSerializer.Serialize(Connections
            .Where(c => consent.Length == 0 || c.authEventId.ToString() == consent).ToList());
    }

    private void Delete(HttpContext context, string id) => context.Response.StatusCode =
        context.Request.Method == "DELETE" && Connections.RemoveAll(c => c.id.ToString() == id) > 0 ? 204 : 404;

    private static string Jwt(object claims) =>
        "eyJhbGciOiJSUzI1NiJ9." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(claims)))
        + ".c2lnbmF0dXJl";
}

/// <summary>Named as on the wire.</summary>
#pragma warning disable IDE1006
internal sealed record FakeConnection(
    Guid id, Guid? authEventId, Guid tenantId, string tenantType, string tenantName)
{
    public string createdDateUtc { get; } = "2026-10-01T09:00:00.0000000";

    public string updatedDateUtc { get; } = "2026-10-01T09:00:00.0000000";
}
#pragma warning restore IDE1006
