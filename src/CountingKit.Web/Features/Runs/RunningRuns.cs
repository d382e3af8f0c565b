using CountingKit.Runs;
using MediatR;

namespace CountingKit.Web.Features.Runs;

/// <summary>How far runs are, for pages that list some.</summary>
internal static class RunningRuns
{
    public static IReadOnlyDictionary<Guid, RunProgress> None { get; } = new Dictionary<Guid, RunProgress>();

    /// <summary>Asked only where one of them runs.</summary>
    public static Task<IReadOnlyDictionary<Guid, RunProgress>> Progress(
        this IMediator mediator, IEnumerable<RunRow> runs, CancellationToken ct) =>
        Progress(mediator, runs.Any(run => run.Status == RunStatus.Running), ct);

    /// <inheritdoc cref="Progress(IMediator, IEnumerable{RunRow}, CancellationToken)"/>
    public static Task<IReadOnlyDictionary<Guid, RunProgress>> Progress(
        this IMediator mediator, IEnumerable<ExporterRow> exporters, CancellationToken ct) =>
        Progress(mediator, exporters.Any(exporter => exporter.ActiveStatus == RunStatus.Running), ct);

    private static async Task<IReadOnlyDictionary<Guid, RunProgress>> Progress(IMediator mediator, bool isAnyRunning, CancellationToken ct) =>
        isAnyRunning ? await mediator.Send(new FollowRuns(), ct) : None;
}
