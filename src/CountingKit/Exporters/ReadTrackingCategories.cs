using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using MediatR;

namespace CountingKit.Exporters;

/// <summary>
/// Asks Xero, with one call, for an organization's tracking categories, so that their columns can be chosen before a run has read
/// them.
/// </summary>
[Asks(Permission.ManageExporters)]
public sealed record ReadTrackingCategories(Guid CommandId, Guid ConnectionId) : ICommand<TrackingRead>, IConcernsConnection;

/// <param name="Code">Null = they were read, or another reading of them is on its way.</param>
/// <param name="Message">For an accountant; null with the code.</param>
public sealed record TrackingRead(string? Code = null, string? Message = null);

internal sealed class ReadTrackingCategoriesHandler(Streams streams, Sync sync, CurrentCommand current, IMirror mirror, TimeProvider time)
    : IRequestHandler<ReadTrackingCategories, TrackingRead>
{
    public async Task<TrackingRead> Handle(ReadTrackingCategories command, CancellationToken ct)
    {
        Connection.Connected(await streams.Read(Connection.StreamOf(command.ConnectionId), Connection.Decider, ct));
        mirror.Require();
        try
        {
            await sync.BringUpToDate(
                TrackedCategories.SourceOf(command.ConnectionId), null, time.GetUtcNow(), current.Context, _ => Task.CompletedTask, ct);
            return new();
        }
        catch (SourceException said)
        {
            return new(said.Code, said.Message);
        }
        catch (SourceBusyException)
        {
            return new();
        }
    }
}
