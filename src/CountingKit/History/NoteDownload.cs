using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.History;

/// <summary>
/// Notes in the trail that rows leave the portal, before the first of them does. Each handing out is one, so that its number is
/// not the form's.
/// </summary>
/// <param name="ComparedWith">The earlier run that the file compares them with; null = it holds the run's own rows.</param>
[Asks(Permission.View)]
public sealed record NoteDownload(Guid CommandId, Guid RunId, FileFormat Format, Guid? ComparedWith = null)
    : ICommand<Appended>, IConcernsRuns
{
    public IReadOnlyList<Guid> RunIds => ComparedWith is { } other ? [RunId, other] : [RunId];
}

internal sealed class NoteDownloadHandler(Streams streams, CurrentCommand current) : IRequestHandler<NoteDownload, Appended>
{
    /// <summary>Whether it was noted.</summary>
    private static readonly Decider<bool> Download = new(false, (_, _) => true);

    public async Task<Appended> Handle(NoteDownload command, CancellationToken ct) => (await streams.Transact(
        $"download-{current.Context.CommandId:N}", Download,
        noted => noted ? [] : [new RowsDownloaded(command.RunId, command.Format, command.ComparedWith)], ct)).Appended;
}
