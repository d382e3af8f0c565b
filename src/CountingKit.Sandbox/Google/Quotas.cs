using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.State;

namespace CountingKit.Sandbox.Google;

/// <summary>Sheets' limits: read and write requests a minute, per person and (five times as many) per project.</summary>
internal sealed class Quotas(TimeProvider clock)
{
    private const int PeopleInProject = 5;
    private const string Project = "510928374650";
    private readonly Dictionary<(string Who, bool Write), int> counts = [];
    private long minute;

    /// <exception cref="GoogleError">429; the call does not count.</exception>
    public void Count(QuotaSettings settings, string account, bool write)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (now != minute) counts.Clear();
        minute = now;
        if (!settings.On) return;
        var limit = write ? settings.WritePerMinute : settings.ReadPerMinute;
        var (person, project) = (counts.GetValueOrDefault((account, write)), counts.GetValueOrDefault(("", write)));
        if (person >= limit) throw Exceeded(write, perUser: true, limit);
        if (project >= limit * PeopleInProject) throw Exceeded(write, perUser: false, limit * PeopleInProject);
        counts[(account, write)] = person + 1;
        counts[("", write)] = project + 1;
    }

    private static GoogleError Exceeded(bool write, bool perUser, int limit)
    {
        var kind = write ? "Write" : "Read";
        return new GoogleError(429, "RESOURCE_EXHAUSTED",
            $"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{(perUser ? " per user" : "")}' "
            + $"of service 'sheets.googleapis.com' for consumer 'project_number:{Project}'.",
            "RATE_LIMIT_EXCEEDED",
            new JsonObject
            {
                ["service"] = "sheets.googleapis.com",
                ["consumer"] = "projects/" + Project,
                ["quota_metric"] = $"sheets.googleapis.com/{kind.ToLowerInvariant()}_requests",
                ["quota_limit"] = $"{kind}RequestsPerMinutePer{(perUser ? "User" : "Project")}",
                ["quota_limit_value"] = limit.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["quota_unit"] = perUser ? "1/min/{project}/{user}" : "1/min/{project}",
                ["quota_location"] = "global",
            });
    }
}
