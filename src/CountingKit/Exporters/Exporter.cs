using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Exporters;

/// <summary>
/// A dataset, where it goes, and how. Stream: <c>exporter-{exporterId}</c>; opened by a reactor once its tab is claimed.
/// </summary>
public static class Exporter
{
    public abstract record State
    {
        private State() { }

        public sealed record Unknown : State;

        /// <param name="Version">Of the configuration, from 1.</param>
        public sealed record Ready(int Version, ExporterConfiguration Configuration, string SpreadsheetId, bool Paused) : State
        {
            /// <summary>Titles are compared without regard to case, as Google does.</summary>
            public bool Writes(string spreadsheetId, string tabTitle) =>
                SpreadsheetId == spreadsheetId
                && string.Equals(Configuration.TabTitle, tabTitle, StringComparison.OrdinalIgnoreCase);
        }

        public sealed record Deleted : State;
    }

    public static readonly Decider<State> Decider = new(new State.Unknown(), Evolve);

    public static string StreamOf(Guid exporterId) => $"exporter-{exporterId:N}";

    /// <summary>The state, for who may see each organization that it reads by now.</summary>
    /// <exception cref="NotFoundException">They may not.</exception>
    public static State For(this State state, Requester requester)
    {
        if (state is State.Ready ready) requester.Require(ready.Configuration.ConnectionIds);
        return state;
    }

    public static IReadOnlyList<IEvent> Open(
        State state, Guid exporterId, ExporterConfiguration configuration, string spreadsheetId) =>
        state is State.Unknown ? [new ExporterCreated(exporterId, 1, configuration, spreadsheetId)] : [];

    /// <param name="madeFrom">The configuration's version that was changed into this one; null = whichever it is now.</param>
    /// <exception cref="RefusedException">CK-EXPORTER-01: it is deleted. CK-EXPORTER-14: it was changed since that version. CK-EXPORTER-27: it is of other data.</exception>
    public static IReadOnlyList<IEvent> Change(
        State state, Guid exporterId, ExporterConfiguration configuration, string spreadsheetId, int? madeFrom = null)
    {
        var ready = Require(state);
        if (SameAs(ready.Configuration, configuration) && ready.SpreadsheetId == spreadsheetId) return [];
        if (madeFrom is not null && madeFrom != ready.Version)
            throw new ChangedMeanwhileException(ExporterCodes.ChangedMeanwhile, ready.Version);
        if (configuration.Dataset != ready.Configuration.Dataset) throw new RefusedException(ExporterCodes.OtherData);
        return [new ExporterChanged(exporterId, ready.Version + 1, configuration, spreadsheetId)];
    }

    public static IReadOnlyList<IEvent> Pause(State state, Guid exporterId) =>
        Require(state).Paused ? [] : [new ExporterPaused(exporterId)];

    public static IReadOnlyList<IEvent> Resume(State state, Guid exporterId) =>
        Require(state).Paused ? [new ExporterResumed(exporterId)] : [];

    public static IReadOnlyList<IEvent> Delete(State state, Guid exporterId, string reason) =>
        state is State.Ready ? [new ExporterDeleted(exporterId, reason)] : [];

    /// <summary>
    /// Organizations were disconnected: an exporter that reads others too loses these, one that read no other goes.
    /// </summary>
    public static IReadOnlyList<IEvent> LoseOrganizations(
        State state, Guid exporterId, IReadOnlyCollection<Guid> connectionIds)
    {
        if (state is not State.Ready ready || !ready.Configuration.ConnectionIds.Any(connectionIds.Contains)) return [];
        var left = ready.Configuration.ConnectionIds.Where(id => !connectionIds.Contains(id)).ToList();
        return left.Count == 0
            ? [new ExporterDeleted(exporterId, "disconnected")]
            : [new ExporterChanged(
                exporterId, ready.Version + 1, ready.Configuration with { ConnectionIds = left }, ready.SpreadsheetId)];
    }

    /// <inheritdoc cref="LoseOrganizations"/>
    public static IReadOnlyList<IEvent> LoseOrganization(State state, Guid exporterId, Guid connectionId) =>
        LoseOrganizations(state, exporterId, [connectionId]);

    /// <exception cref="RefusedException">CK-EXPORTER-01: it is deleted.</exception>
    public static State.Ready Require(State state) => state as State.Ready ?? throw new RefusedException(ExporterCodes.Deleted);

    public static State Evolve(State state, IEvent @event) => (state, @event) switch
    {
        (_, ExporterCreated e) => new State.Ready(e.ConfigurationVersion, e.Configuration, e.SpreadsheetId, Paused: false),
        (State.Ready ready, ExporterChanged e) => ready with
        {
            Version = e.ConfigurationVersion,
            Configuration = e.Configuration,
            SpreadsheetId = e.SpreadsheetId,
        },
        (State.Ready ready, ExporterPaused) => ready with { Paused = true },
        (State.Ready ready, ExporterResumed) => ready with { Paused = false },
        (_, ExporterDeleted) => new State.Deleted(),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong here in an exporter stream."),
    };

    /// <summary>Records compare their lists by reference; here their content counts.</summary>
    private static bool SameAs(ExporterConfiguration one, ExporterConfiguration other) =>
        one.ConnectionIds.SequenceEqual(other.ConnectionIds)
        && one.Columns.SequenceEqual(other.Columns)
        && one.Statuses.SequenceEqual(other.Statuses)
        && one.Sort.SequenceEqual(other.Sort)
        && one == other with
        {
            ConnectionIds = one.ConnectionIds,
            Columns = one.Columns,
            Statuses = one.Statuses,
            Sort = one.Sort,
        };
}
