using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Protected ranges: kept with their tab, and obeyed by every request that changes cells.</summary>
internal static class ProtectedRangeRequests
{
    private const string Kind = "protectedRanges";
    private const string Id = "protectedRangeId";

    public static JsonObject Add(Batch batch, JsonObject request)
    {
        var protection = Batch.Needed(request, "protectedRange").Copy();
        DemandSense(protection);
        var range = GridRange.Read(Batch.Needed(protection, "range"));
        var tab = batch.Workbook.Edit(range.SheetId);
        range.On(tab);
        protection[Id] ??= Random.Shared.Next(1, int.MaxValue);
        if (EmbeddedRequests.Find(batch.Workbook, Kind, Id, protection.Int(Id)) is not null)
            throw GoogleError.Invalid($"A protected range with id: {protection.Int(Id)} already exists.");
        if (!protection.Flag("warningOnly")) AddEditor(protection, batch.Actor);
        EmbeddedRequests.List(tab, Kind).Add((JsonNode)protection);
        return new JsonObject { ["addProtectedRange"] = new JsonObject { ["protectedRange"] = protection.Copy() } };
    }

    public static JsonObject Update(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "ProtectedRange");
        var asked = Batch.Needed(request, "protectedRange");
        var (_, protection) = Existing(batch, asked.Int(Id));
        DemandMayChange(batch, protection);
        mask.Apply(protection, asked);
        DemandSense(protection);
        return [];
    }

    public static JsonObject Delete(Batch batch, JsonObject request)
    {
        var (tab, protection) = Existing(batch, request.Int(Id));
        DemandMayChange(batch, protection);
        EmbeddedRequests.List(tab, Kind).Remove(protection);
        return [];
    }

    /// <exception cref="GoogleError">A protection over some of the cells does not let the actor edit.</exception>
    public static void DemandEditable(Batch batch, Tab tab, Area area)
    {
        foreach (var protection in tab.Objects.Objects(Kind))
            if (GridRange.Read(protection.Object("range") ?? []).Within(tab) is { } held && held.Meets(area)
                && !MayEdit(protection, batch.Actor, batch.ActorIsOwner)
                && !protection.Objects("unprotectedRanges").Any(open => Holds(GridRange.Read(open).Within(tab), area)))
                throw GoogleError.Invalid("You are trying to edit a protected cell or object. "
                    + "Please contact the spreadsheet owner to remove protection if you need to edit.");
    }

    public static bool MayEdit(JsonObject protection, string actor, bool isOwner) =>
        isOwner || protection.Flag("warningOnly")
        || (protection.Object("editors")?.Array("users")
            .Any(user => string.Equals(user?.ToString(), actor, StringComparison.OrdinalIgnoreCase)) ?? false);

    private static bool Holds(Area? open, Area area) => open is { } o && o.Row0 <= area.Row0 && o.Row1 >= area.Row1
        && o.Column0 <= area.Column0 && o.Column1 >= area.Column1;

    private static (Tab Tab, JsonObject Protection) Existing(Batch batch, int? id)
    {
        if (EmbeddedRequests.Find(batch.Workbook, Kind, Id, id) is not { } holder)
            throw GoogleError.Invalid($"No protected range with id: {id}");
        var tab = batch.Workbook.Edit(holder.SheetId);
        return (tab, tab.Objects.Objects(Kind).First(protection => protection.Int(Id) == id));
    }

    private static void DemandMayChange(Batch batch, JsonObject protection)
    {
        if (!MayEdit(protection, batch.Actor, batch.ActorIsOwner)) throw GoogleError.Forbidden();
    }

    private static void DemandSense(JsonObject protection)
    {
        if (protection.Flag("warningOnly") && protection.ContainsKey("editors"))
            throw GoogleError.Invalid("Cannot set editors on a protected range that is warning only.");
    }

    private static void AddEditor(JsonObject protection, string email)
    {
        var editors = protection.Object("editors");
        if (editors is null) protection["editors"] = editors = [];
        if (editors["users"] is not JsonArray users) editors["users"] = users = [];
        if (!users.Any(user => user?.ToString() == email)) users.Add(email);
    }
}
