using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Named ranges. A name outlives its tab, without a range, and still blocks the name.</summary>
internal static partial class NamedRangeRequests
{
    public static JsonObject Add(Batch batch, JsonObject request)
    {
        var named = Batch.Needed(request, "namedRange").Copy();
        named["namedRangeId"] ??= Guid.CreateVersion7().ToString("N")[^12..];
        if (Find(batch, named.Text("namedRangeId")) is not null)
            throw GoogleError.Invalid($"A named range with id: {named.Text("namedRangeId")} already exists.");
        DemandName(batch, named.Text("name"), except: null, "Cannot add named range with name");
        DemandRange(batch, named);
        batch.Workbook.NamedRanges.Add(named);
        return new JsonObject { ["addNamedRange"] = new JsonObject { ["namedRange"] = named.Copy() } };
    }

    public static JsonObject Update(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "NamedRange");
        var asked = Batch.Needed(request, "namedRange");
        var named = Existing(batch, asked.Text("namedRangeId"));
        if (mask.Has("name")) DemandName(batch, asked.Text("name"), named, "Cannot update named range with name");
        if (mask.Has("range")) DemandRange(batch, asked);
        mask.Apply(named, asked);
        return [];
    }

    public static JsonObject Delete(Batch batch, JsonObject request)
    {
        batch.Workbook.NamedRanges.Remove(Existing(batch, request.Text("namedRangeId")));
        return [];
    }

    private static JsonObject? Find(Batch batch, string? id) =>
        batch.Workbook.NamedRanges.Find(named => named.Text("namedRangeId") == id);

    private static JsonObject Existing(Batch batch, string? id) =>
        Find(batch, id) ?? throw GoogleError.Invalid($"No named range with id: {id}");

    private static void DemandName(Batch batch, string? name, JsonObject? except, string refusal)
    {
        if (name is null || !Name().IsMatch(name) || A1.Corner(0, name) is not null)
            throw GoogleError.Invalid($"Invalid name for a named range: {name}");
        if (batch.Workbook.NamedRange(name) is { } other && other != except)
            throw GoogleError.Invalid($"{refusal}: {name}, a named range with that name already exists");
    }

    private static void DemandRange(Batch batch, JsonObject named)
    {
        var range = GridRange.Read(Batch.Needed(named, "range"));
        range.On(batch.Workbook.Tab(range.SheetId));
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,249}$")]
    private static partial Regex Name();
}
