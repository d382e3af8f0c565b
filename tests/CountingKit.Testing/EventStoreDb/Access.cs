using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Testing.EventStoreDb.Grpc;
using CountingKit.Testing.EventStoreDb.Log;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>Who calls, and what they may do. Without users everybody may do everything.</summary>
internal sealed class Access(EventStoreDbOptions options, EventLog log)
{
    public const string Read = "$r";
    public const string Write = "$w";
    public const string Delete = "$d";

    /// <param name="right">One of the keys of an access list.</param>
    /// <exception cref="RpcException">They may not, or are not who they say.</exception>
    public void Check(ServerCallContext context, string stream, string right)
    {
        if (options.Users is not { } users) return;
        var header = context.RequestHeaders.GetValue("authorization") ?? throw Refusals.AccessDenied();
        var name = SignIn(users, header);
        if (users[name].IsAdmin) return;
        var allowed = List(log.Index.View(stream).Metadata, right);
        if (allowed is null ? stream.StartsWith('$') : !allowed.Exists(entry => entry == name || entry == "$all"))
            throw Refusals.AccessDenied();
    }

    private static string SignIn(IReadOnlyDictionary<string, EventStoreDbUser> users, string header)
    {
        const string scheme = "Basic ";
        var bytes = new byte[header.Length];
        if (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) &&
            Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out var length) &&
            Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, var password] &&
            users.TryGetValue(name, out var user) && user.Password == password)
        {
            return name;
        }

        throw Refusals.Unauthenticated();
    }

    /// <returns>Users and groups, or null where the stream's metadata names none.</returns>
    private static List<string>? List(StreamMetadata metadata, string right) =>
        (JsonNode.Parse(metadata.Json)?["$acl"] as JsonObject)?[right] switch
        {
            JsonArray many => [.. many.Select(entry => (string?)entry ?? "")],
            JsonValue one => [(string?)one ?? ""],
            _ => null,
        };
}
