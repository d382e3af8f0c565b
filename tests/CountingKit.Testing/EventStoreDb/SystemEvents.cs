using System.Text.Json;
using CountingKit.Testing.EventStoreDb.Log;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>Events that a server writes for itself, so that <c>$all</c> never holds the application's alone.</summary>
internal static class SystemEvents
{
    /// <param name="isFirstStart">A fresh log gets its users too.</param>
    public static async Task Write(EventLog log, bool isFirstStart)
    {
        if (isFirstStart)
        {
            await Append(log, "$$$settings", StreamMetadata.EventType, new { });
            await Append(log, "$users", "$User", "admin");
            await Append(log, "$user-admin", "$UserCreated", new { loginName = "admin", groups = (string[])["$admins"] });
            await Append(log, "$users", "$User", "ops");
            await Append(log, "$user-ops", "$UserCreated", new { loginName = "ops", groups = (string[])["$ops"] });
        }

        await Append(log, "$epoch-information", "$epoch", new { epochNumber = log.Index.View("$epoch-information").Last + 1 });
    }

    private static Task<WriteResult> Append<T>(EventLog log, string stream, string type, T data) => log.Write(new Append(
        stream,
        new(ExpectedKind.Any),
        [new(Guid.CreateVersion7(), type, true, JsonSerializer.SerializeToUtf8Bytes(data), default)]));
}
