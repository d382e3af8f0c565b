using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Settings;

/// <summary>The events that were set aside, and how those go on who follow the log.</summary>
[Asks(Permission.ManageSettings), Touches(Organizations.None)]
public sealed record GetSetAside : IQuery<SetAsideState>;

/// <param name="Count">Of all, by pages and by reactors.</param>
/// <param name="First">The oldest of them.</param>
/// <param name="Failing">How many pieces of work failed unexpectedly at their last try.</param>
/// <param name="FailingWork">The first of them: those that failed most often.</param>
/// <param name="IsTrying">They are being tried again.</param>
public sealed record SetAsideState(
    int Count, IReadOnlyList<SetAsideLine> First, IReadOnlyList<ReactorLine> Reactors, int Failing,
    IReadOnlyList<FailingWorkLine> FailingWork, bool IsTrying);

/// <param name="At">UTC: when the event happened.</param>
/// <param name="Reader">Whom it is missing for, in words.</param>
public sealed record SetAsideLine(
    DateTime At, string Stream, long Revision, string EventType, string Reader, string Code, string Why);

/// <param name="Position">Of the last event that is done; null = none yet.</param>
/// <param name="Code">Of the last failure; null = there never was one.</param>
/// <param name="FailedAt">UTC.</param>
public sealed record ReactorLine(string Name, string? Position, bool StandsStill, string? Code, string? Why, DateTime? FailedAt);

/// <param name="Kind">Of work, as the log file names it.</param>
/// <param name="Times">Tries that failed since the last progress.</param>
/// <param name="Failure">The last one's kind, as the log file names it.</param>
/// <param name="FailedAt">UTC.</param>
/// <param name="AgainAt">UTC: when it is tried again.</param>
public sealed record FailingWorkLine(string Kind, string Key, int Times, string Failure, DateTime? FailedAt, DateTime AgainAt);

internal sealed class GetSetAsideHandler(
    ReadModels readModels, Rebuilds rebuilds, ReactorCheckpoints checkpoints, ReactorTroubles troubles,
    IDbContextFactory<VaultDb> vault, ErrorCodes codes) : IRequestHandler<GetSetAside, SetAsideState>
{
    private const int Most = 100;
    private const int MostWork = 20;

    public async Task<SetAsideState> Handle(GetSetAside query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var rows = db.Set<SetAsideRow>().AsNoTracking();
        var byPages = await rows.OrderBy(r => r.At).ThenBy(r => r.Stream).ThenBy(r => r.Revision).Take(Most).ToListAsync(ct);
        var (count, byReactors) = await troubles.SetAside(Most, ct);
        var lines = byPages.Select(r => new SetAsideLine(
                r.At, r.Stream, r.Revision, r.EventType, PagesOf(r.Projection), r.Code, Why(r.Code)))
            .Concat(byReactors.Select(r => new SetAsideLine(
                r.At, r.Stream, r.Revision, r.EventType, $"what follows for {r.Reactor}", r.Code, Why(r.Code))))
            .OrderBy(line => line.At).Take(Most);

        await using var work = await vault.CreateDbContextAsync(ct);
        return new(
            await rows.CountAsync(ct) + count, [.. lines], await Reactors(ct),
            await work.Work.CountAsync(w => w.Failures > 0, ct),
            await work.Work.Where(w => w.Failures > 0).OrderByDescending(w => w.Failures).ThenBy(w => w.Id).Take(MostWork)
                .Select(w => new FailingWorkLine(w.Kind, w.Key, w.Failures, w.LastFailure ?? "", w.LastFailedAt, w.NotBefore))
                .ToListAsync(ct),
            byReactors.Any(r => r.TryAgain) || byPages.Count > 0 && await rebuilds.IsWanted(ct));
    }

    private async Task<IReadOnlyList<ReactorLine>> Reactors(CancellationToken ct)
    {
        var (places, failures) = (await checkpoints.Read(ct), await troubles.Failures(ct));
        return [.. places.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => failures.GetValueOrDefault(p.Key) is { } failed
            ? new ReactorLine(p.Key, p.Value.Done?.ToString(), p.Value.StandsStill, failed.Code, Why(failed.Code), failed.At)
            : new ReactorLine(p.Key, p.Value.Done?.ToString(), p.Value.StandsStill, null, null, null))];
    }

    private static string PagesOf(string projection) =>
        projection == SetAsideRow.AllProjections ? "all pages" : $"pages: {projection}";

    private string Why(string code) => codes.Find(code) is { } known ? $"{known.Title}." : "";
}
