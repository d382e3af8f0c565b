using System.Collections.Specialized;
using System.Web;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Commands;

/// <summary>The portal over a log with which every append goes wrong once. Its messages are sent by the owner.</summary>
/// <param name="fault">Of an EventStoreDB's; null = the embedded store, which loses each answer.</param>
public sealed class LossyPortal(CallFault? fault) : PortalFactory
{
    /// <summary>So that a server that keeps silent costs no more than this.</summary>
    private const string Deadline = "&defaultDeadline=400";

    public static readonly Uri XeroCallback = new("http://localhost/connections/xero/callback");
    public static readonly Uri GoogleCallback = new("http://localhost/spreadsheets/google/callback");

    /// <summary>The browser that starts sign-ins and comes back.</summary>
    public const string BrowserCookie = "0123456789-0123456789-0123456789-0123456789";

    private Requester? owner;
    private EventStoreDbNode? node;

    /// <summary>How many appends went wrong on an EventStoreDB.</summary>
    public int Befallen => node?.Faults.Fired ?? 0;

    public static async Task<LossyPortal> Start(SandboxProcess sandbox, CallFault? fault)
    {
        var (xero, google) = (sandbox.Xero.AbsoluteUri.TrimEnd('/'), sandbox.Google.AbsoluteUri.TrimEnd('/'));
        var portal = new LossyPortal(fault)
        {
            Storage = fault is null ? StorageKind.Sqlite : StorageKind.Servers,
            Settings =
            {
                ["Xero:ClientId"] = "portal", ["Xero:ClientSecret"] = "secret", ["Xero:IdentityUrl"] = xero,
                ["Xero:ApiUrl"] = xero, ["Xero:AuthorizeUrl"] = $"{xero}/identity/connect/authorize",
                ["Google:ClientId"] = "portal", ["Google:ClientSecret"] = "secret",
                ["Google:AuthorizeUrl"] = $"{google}/o/oauth2/v2/auth", ["Google:TokenUrl"] = $"{google}/token",
                ["Google:RevokeUrl"] = $"{google}/revoke", ["Google:SheetsUrl"] = $"{google}/",
                ["Google:DriveUrl"] = $"{google}/",
            },
        };
        await portal.InitializeAsync();
        await using var scope = portal.Services.CreateAsyncScope();
        var first = (await scope.ServiceProvider.GetRequiredService<FirstOwner>().Find(default))!.Value;
        portal.owner = new(first.MemberId, Actor.Member(first.MemberId), first.WorkspaceId, Role.Owner, null, null);
        return portal;
    }

    public async Task<TResult> Send<TResult>(IRequest<TResult> message)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(message);
    }

    /// <summary>Names of the events that the owner's command appended itself, oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventsOf(IMessage command, Guid commandId)
    {
        var own = CommandNumbers.IdOf(owner!.WorkspaceId, owner.MemberId, command, commandId);
        return [.. (await Log()).Where(e => e.Metadata.CommandId == own).Select(e => e.Stored.Type)];
    }

    /// <summary>Waits until rows tell all that the log tells, and what reactors made of it.</summary>
    public async Task CaughtUp()
    {
        var end = (await Log())[^1].Position;
        var readModels = Services.GetRequiredService<ReadModels>();
        while (!await readModels.CaughtUpTo(end, default)) end = (await Log())[^1].Position;
    }

    /// <summary>Allows access on the consent page that a sign-in led to.</summary>
    /// <returns>The query of the way back.</returns>
    public static async Task<NameValueCollection> Allow(Uri consent, params (string Name, string? Value)[] answer)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var browser = new Browser(http);
        var back = (await browser.Submit((await browser.Get(consent.AbsoluteUri)).OwnForm(), answer)).Answer;
        back.Headers.Location.Should().NotBeNull("{0}", await back.Content.ReadAsStringAsync());
        return HttpUtility.ParseQueryString(back.Headers.Location!.Query);
    }

    protected override void Prepare(StorageUnderTest storage)
    {
        if (fault is not { } each) return;
        node = storage.StandIn;
        node.Faults.OnEachAppendOnce(each);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        if (node is not null) builder.UseSetting("EventStore:ConnectionString", node.ConnectionString + Deadline);
        builder.ConfigureTestServices(services =>
        {
            if (fault is null) LoseEachAnswerOnce(services);
            services.AddScoped<IRequesterSource>(_ => new Asking(this));
        });
    }

    private static void LoseEachAnswerOnce(IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IEventStore));
        services.AddSingleton<IEventStore>(provider =>
            new FaultyEventStore((IEventStore)store.ImplementationFactory!(provider)).LoseEachAnswerOnce());
    }

    private sealed class Asking(LossyPortal portal) : IRequesterSource
    {
        public Task<Requester?> Current(CancellationToken ct) => Task.FromResult(portal.owner);
    }
}
