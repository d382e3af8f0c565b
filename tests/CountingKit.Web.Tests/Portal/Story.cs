using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Portal;

/// <summary>Tells a portal's log what happened in the owner's workspace, and waits until its pages know.</summary>
public sealed class Story
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PortalFactory portal;

    private Story(PortalFactory portal, Guid owner, Guid workspace) =>
        (this.portal, Owner, Workspace) = (portal, owner, workspace);

    public Guid Owner { get; }

    public Guid Workspace { get; }

    public static async Task<Story> Of(PortalFactory portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var found = (await scope.ServiceProvider.GetRequiredService<FirstOwner>().Find(default))!.Value;
        return new(portal, found.MemberId, found.WorkspaceId);
    }

    public static ExporterConfiguration Invoices(Guid connection, string name = "Invoices of Acme") => new(
        name, "invoices", [connection], [new("invoiceNumber"), new("total")], [], null, null, [],
        Guid.CreateVersion7(), "Invoices");

    /// <summary>One click of the owner, in their workspace.</summary>
    /// <returns>The click's id.</returns>
    public Task<Guid> Click(string stream, IReadOnlyList<Guid> connections, params IEvent[] events) =>
        Tell(stream, Actor.Member(Owner), Workspace, connections, events);

    /// <returns>The correlation id of the events, which is their command's id too.</returns>
    public async Task<Guid> Tell(
        string stream, string actor, Guid workspace, IReadOnlyList<Guid> connections, params IEvent[] events)
    {
        var click = Guid.CreateVersion7();
        var metadata = new EventMetadata(click, click, actor, click, workspace, connections);
        var catalog = portal.Services.GetRequiredService<EventCatalog>();
        var appended = await portal.Services.GetRequiredService<IEventStore>().Append(
            stream, ExpectedRevision.Any, [.. events.Select(e => catalog.Serialize(e, metadata, Guid.CreateVersion7()))], default);
        using var stop = new CancellationTokenSource(Patience);
        while (!await portal.Services.GetRequiredService<ReadModels>().CaughtUpTo(appended.Position, stop.Token)) { }
        return click;
    }
}
