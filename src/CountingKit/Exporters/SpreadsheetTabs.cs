using System.Collections.Immutable;
using System.Diagnostics;
using CountingKit.EventSourcing;

namespace CountingKit.Exporters;

/// <summary>
/// Which exporter writes which tab of one Google spreadsheet: at most one each. Stream: <c>tab-{spreadsheetId}</c>.
/// </summary>
public static class SpreadsheetTabs
{
    /// <summary>Exporter by tab title; titles are compared without regard to case, as Google does.</summary>
    public sealed record State(ImmutableDictionary<string, Guid> Tabs);

    public static readonly Decider<State> Decider = new(
        new State(ImmutableDictionary.Create<string, Guid>(StringComparer.OrdinalIgnoreCase)), Evolve);

    public static string StreamOf(string spreadsheetId) => $"tab-{spreadsheetId}";

    public static IReadOnlyList<IEvent> Claim(
        State state, string spreadsheetId, Guid exporterId, ExporterConfiguration configuration)
    {
        Require(state, configuration.TabTitle, exporterId);
        return state.Tabs.ContainsValue(exporterId)
            ? []
            : [new TabClaimed(spreadsheetId, configuration.TabTitle, exporterId, configuration)];
    }

    /// <summary>For an exporter that changed its tab or spreadsheet: takes the new one; <see cref="Release"/> gives the old one back.</summary>
    public static IReadOnlyList<IEvent> Take(State state, string spreadsheetId, string tabTitle, Guid exporterId)
    {
        Require(state, tabTitle, exporterId);
        return state.Tabs.ContainsKey(tabTitle) ? [] : [new TabTaken(spreadsheetId, tabTitle, exporterId)];
    }

    /// <summary>For an exporter that writes the tab: takes it if nobody has it. Where another has it, runs stop and say so.</summary>
    public static IReadOnlyList<IEvent> Keep(State state, string spreadsheetId, string tabTitle, Guid exporterId) =>
        state.Tabs.ContainsKey(tabTitle) ? [] : [new TabTaken(spreadsheetId, tabTitle, exporterId)];

    public static IReadOnlyList<IEvent> Release(State state, string spreadsheetId, string tabTitle, Guid exporterId) =>
        state.Tabs.TryGetValue(tabTitle, out var holder) && holder == exporterId
            ? [new TabReleased(spreadsheetId, tabTitle, exporterId)]
            : [];

    public static State Evolve(State state, IEvent @event) => @event switch
    {
        TabClaimed e => new(state.Tabs.SetItem(e.TabTitle, e.ExporterId)),
        TabTaken e => new(state.Tabs.SetItem(e.TabTitle, e.ExporterId)),
        TabReleased e => new(state.Tabs.Remove(e.TabTitle)),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a tab stream."),
    };

    private static void Require(State state, string tabTitle, Guid exporterId)
    {
        if (state.Tabs.TryGetValue(tabTitle, out var holder) && holder != exporterId)
            throw new RefusedException(
                ExporterCodes.TabTaken,
                $"Another exporter already writes the tab {tabTitle} of this spreadsheet. Choose another tab name.");
    }
}
