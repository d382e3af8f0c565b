using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Filters that many can be of on a tab: filter views and slicers.</summary>
internal static class SavedFilterRequests
{
    private const string Views = "filterViews";
    private const string Slicers = "slicers";

    public static JsonObject AddView(Batch batch, JsonObject request)
    {
        var view = Batch.Needed(request, "filter").Copy();
        var range = GridRange.Read(Batch.Needed(view, "range"));
        var tab = batch.Workbook.Edit(range.SheetId);
        range.On(tab);
        EmbeddedRequests.Keep(batch, tab, Views, "filterViewId", view);
        return new JsonObject { ["addFilterView"] = new JsonObject { ["filter"] = view.Copy() } };
    }

    public static JsonObject UpdateView(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "FilterView");
        var asked = Batch.Needed(request, "filter");
        var (tab, view) = EmbeddedRequests.Existing(batch, Views, "filterViewId", asked.Int("filterViewId"), "filter view");
        mask.Apply(view, asked);
        GridRange.Read(Batch.Needed(view, "range")).On(tab);
        return [];
    }

    public static JsonObject AddSlicer(Batch batch, JsonObject request)
    {
        var slicer = Batch.Needed(request, "slicer").Copy();
        var range = GridRange.Read(Batch.Needed(Batch.Needed(slicer, "spec"), "dataRange"));
        var tab = batch.Workbook.Edit(range.SheetId);
        range.On(tab);
        EmbeddedRequests.Keep(batch, tab, Slicers, "slicerId", slicer);
        return new JsonObject { ["addSlicer"] = new JsonObject { ["slicer"] = slicer.Copy() } };
    }

    public static JsonObject UpdateSlicer(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "SlicerSpec");
        var (tab, slicer) = EmbeddedRequests.Existing(batch, Slicers, "slicerId", request.Int("slicerId"), "slicer");
        var spec = slicer.Object("spec")!;
        mask.Apply(spec, Batch.Needed(request, "spec"));
        GridRange.Read(Batch.Needed(spec, "dataRange")).On(tab);
        return [];
    }
}
