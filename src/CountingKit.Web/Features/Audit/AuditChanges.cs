using System.Text.Json;
using CountingKit.Datasets;

namespace CountingKit.Web.Features.Audit;

/// <param name="Field">Such as "Columns".</param>
/// <param name="Words">Such as "added Due Date; removed Reference; moved Total before Tax".</param>
internal sealed record AuditChange(string Field, string Words);

/// <summary>
/// What an event changed of what stood before, as an accountant would tell it. It only tells what the event sets; all that stood
/// before and stands now is told by <see cref="AuditFields"/>.
/// </summary>
internal sealed class AuditChanges
{
    private const string Step = " › ";

    /// <summary>They count and refer; what they count and refer to is told.</summary>
    private static readonly HashSet<string> Bookkeeping = ["configurationVersion", "spreadsheetId", "signInId"];

    /// <summary>Their order has no meaning.</summary>
    private static readonly HashSet<string> Sets = ["statuses", "connectionIds", "connections", "scopes", "tags"];

    private readonly AuditWords then;
    private readonly AuditWords now;
    private readonly List<AuditChange> changes = [];

    private AuditChanges(AuditWords then, AuditWords now) => (this.then, this.now) = (then, now);

    /// <param name="before">JSON; null = nothing stood before, so that nothing changed.</param>
    /// <param name="names">What ids are called.</param>
    public static IReadOnlyList<AuditChange> Of(string? before, string after, IReadOnlyDictionary<Guid, string> names)
    {
        if (before is null) return [];
        using var was = JsonDocument.Parse(before);
        using var becomes = JsonDocument.Parse(after);
        var telling = new AuditChanges(
            new(DatasetOf(was.RootElement), names), new(DatasetOf(becomes.RootElement), names));
        telling.Compare("", was.RootElement, becomes.RootElement);
        return telling.changes;
    }

    /// <summary>All in one text, for a cell.</summary>
    public static string Text(IEnumerable<AuditChange> changes) =>
        string.Join(". ", changes.Select(change => $"{change.Field}: {change.Words}"));

    private static Dataset? DatasetOf(JsonElement @event) =>
        @event.ValueKind == JsonValueKind.Object && @event.TryGetProperty("configuration", out var configuration)
            && configuration.ValueKind == JsonValueKind.Object && configuration.TryGetProperty("dataset", out var key)
            && key.ValueKind == JsonValueKind.String
            ? DatasetCatalogue.Find(key.GetString()!) : null;

    private void Compare(string path, JsonElement before, JsonElement after)
    {
        foreach (var property in after.EnumerateObject().Where(property => !Bookkeeping.Contains(property.Name)))
        {
            var (field, value) = (property.Name, property.Value);
            var was = before.TryGetProperty(field, out var told) ? told : default;
            if (was.ValueKind == JsonValueKind.Undefined ? IsNothing(value) : JsonElement.DeepEquals(was, value)) continue;
            if (value.ValueKind == JsonValueKind.Object && was.ValueKind == JsonValueKind.Object)
                Compare(field == "configuration" ? path : path + AuditWords.TitleOf(field) + Step, was, value);
            else changes.Add(new(path + AuditWords.TitleOf(field), Words(field, was, value)));
        }
    }

    private static bool IsNothing(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private string Words(string field, JsonElement was, JsonElement value) =>
        (was.ValueKind, value.ValueKind) == (JsonValueKind.Array, JsonValueKind.Array)
            && !AuditWords.IsOpen(field, was) && !AuditWords.IsOpen(field, value)
            ? ListWords(field, [.. was.EnumerateArray()], [.. value.EnumerateArray()])
            : $"{then.Of(field, was)} → {now.Of(field, value)}";

    private string ListWords(string field, IReadOnlyList<JsonElement> before, IReadOnlyList<JsonElement> after)
    {
        var difference = ListDifference.Of([.. before.Select(AuditWords.KeyOf)], [.. after.Select(AuditWords.KeyOf)]);
        List<string> told =
        [
            .. Told("added", difference.Added.Select(place => now.Item(field, after[place]))),
            .. Told("removed", difference.Removed.Select(place => then.Item(field, before[place]))),
        ];
        if (!Sets.Contains(field)) told.AddRange(Told("moved", difference.Moved.Select(place => Move(field, after, place))));
        var changed = difference.Stayed.Select(place => (Was: before[place.Before], Is: after[place.After]))
            .Where(item => !JsonElement.DeepEquals(item.Was, item.Is)).ToList();
        told.AddRange(field switch
        {
            "columns" => Told("renamed heading", changed
                .Select(item => (Was: then.HeadingIn(item.Was), Is: now.HeadingIn(item.Is)))
                .Where(heading => heading.Was != heading.Is).Select(heading => $"{heading.Was} to {heading.Is}")),
            "sort" => changed.Select(item => $"{now.Column(item.Is)} is now {(AuditWords.IsDescending(item.Is) ? "descending" : "ascending")}"),
            _ => Told("changed", changed.Select(item => now.Item(field, item.Is))),
        });
        if (told.Count > 0) return string.Join("; ", told);
        return difference.Moved.Count > 0 ? "in another order" : "the same, written in another way";
    }

    private string Move(string field, IReadOnlyList<JsonElement> after, int place)
    {
        var next = place + 1 < after.Count ? $"before {Short(field, after[place + 1])}" : "to the end";
        return $"{Short(field, after[place])} {next}";
    }

    private string Short(string field, JsonElement item) => field is "columns" or "sort" ? now.Column(item) : now.Item(field, item);

    private static IEnumerable<string> Told(string what, IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count == 0 ? [] : [$"{what} {string.Join(", ", all)}"];
    }
}
