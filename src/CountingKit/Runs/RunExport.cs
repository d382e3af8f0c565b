using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using MediatR;

namespace CountingKit.Runs;

/// <summary>Runs an exporter now, or joins its run that is active.</summary>
/// <param name="WriteAnyway">After a guard stopped a run: the person has looked, and wants it written.</param>
[Asks(Permission.Run)]
public sealed record RunExport(
    Guid CommandId, Guid ExporterId, RunTrigger Trigger = RunTrigger.Person, bool WriteAnyway = false)
    : ICommand<RunRequested>, IConcernsExporter;

/// <param name="Joined">True = a run was active already; this is its id.</param>
public sealed record RunRequested(Guid RunId, bool Joined, Appended Appended);

public sealed class RunExportHandler(Streams streams, CurrentCommand current, TimeProvider time)
    : IRequestHandler<RunExport, RunRequested>
{
    public async Task<RunRequested> Handle(RunExport command, CancellationToken ct)
    {
        var exporter = Exporter.Require(await streams.Read(
            Exporter.StreamOf(command.ExporterId), Exporter.Decider, ct));
        if (exporter.Paused)
            throw new RefusedException("CK-EXPORTER-13", "This exporter is paused. Resume it to run it.");
        var spreadsheet = Spreadsheet.Require(await streams.Read(
            Spreadsheet.StreamOf(exporter.Configuration.SpreadsheetKey), Spreadsheet.Decider, ct));

        var wish = new RunQueued(
            command.ExporterId, RunRequests.IdOf(current.Context.CommandId, command.ExporterId), exporter.Version, exporter.Configuration,
            exporter.SpreadsheetId, spreadsheet.AccountId, command.Trigger, WriteAnyway: command.WriteAnyway);
        return await RunRequests.Send(streams, wish, current.Context.CommandId, time, ct);
    }
}

internal static class RunRequests
{
    /// <summary>A reactor frees the exporter of a run that has ended; after the death of the process that did, within this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Of the exporter too: whatever commands may share, no run is two exporters'.</summary>
    public static Guid IdOf(Guid commandId, Guid exporterId) =>
        DerivedId.From(commandId, "run", exporterId.ToString("N"));

    public static async Task<RunRequested> Send(
        Streams streams, RunQueued wish, Guid commandId, TimeProvider time, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (await IsOverButNotReleased(streams, wish.ExporterId, ct) && time.GetElapsedTime(started) < Patience)
            await Task.Delay(Look, time, ct);

        var done = await streams.Transact(
            RunQueue.StreamOf(wish.ExporterId), RunQueue.Decider, state => RunQueue.Request(state, wish, commandId), ct);
        return done.Event<RunQueued>() is { } queued
            ? new(queued.RunId, Joined: false, done.Appended)
            : new(done.Event<RunJoined>()!.RunId, Joined: true, done.Appended);
    }

    /// <summary>Joining it would be no run at all: what changed since would not be exported.</summary>
    private static async Task<bool> IsOverButNotReleased(Streams streams, Guid exporterId, CancellationToken ct) =>
        (await streams.Read(RunQueue.StreamOf(exporterId), RunQueue.Decider, ct)).ActiveRunId is { } active
        && await streams.Read(Run.StreamOf(active), Run.Decider, ct) is Run.State.Ended;
}
