using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Adapters.Keys;
using CountingKit.Adapters.Mirror;
using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CountingKit.Tests.Connections;

/// <summary>
/// The product without a screen, over a sandbox's Xero: messages, log, projections and reactors run; queued work is
/// done when a test says so.
/// </summary>
internal sealed class ConnectionHouse : IAsyncDisposable, IRequesterSource
{
    private const string Browser = "browser-cookie-value";
    private static readonly Uri Callback = new("http://localhost:5000/connections/xero/callback");

    private readonly TempFolder folder = new();
    private readonly SandboxProcess sandbox;
    private readonly XeroApp app;
    private readonly ServiceProvider services;
    private readonly List<IHostedService> running;

    private ConnectionHouse(SandboxProcess sandbox, string memoryLimit)
    {
        this.sandbox = sandbox;
        app = new XeroApp(sandbox);
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IHostEnvironment>(new Environment())
            .AddSingleton(new XeroPatience(
                TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1), 2))
            .AddSingleton<IRequesterSource>(this)
            .AddCopiedDatabase("sqlite:data", folder.Path)
            .AddKeys("keys", folder.Path)
            .AddXero(Settings(sandbox.Xero))
            .AddGoogleSheets(new ConfigurationBuilder().Build())
            .AddMirror(new MirrorOptions(folder["mirror"], memoryLimit))
            .AddCountingKit(new WorkerOptions());
        collection.AddSingleton<IEventStore>(new FaultyEventStore(EventStore()));
        services = collection.BuildServiceProvider();
        running = [.. services.GetServices<IHostedService>().Where(s => s is ProjectionRunner or ReactorRunner)];
    }

    public Requester Who { get; set; } = new(
        Guid.CreateVersion7(), Actor.Member(Guid.CreateVersion7()), Guid.CreateVersion7(), Role.Owner, null, null);

    /// <summary>The given name of who signs in at Xero.</summary>
    public string Person { get; set; } = "Mary";

    /// <summary>Where its mirror lies.</summary>
    public string Mirror => folder["mirror"];

    public FaultyEventStore Store => (FaultyEventStore)services.GetRequiredService<IEventStore>();

    /// <param name="sandbox">Stays the caller's; this house is an app of its own at its Xero.</param>
    /// <param name="memoryLimit">The mirror's.</param>
    public static async Task<ConnectionHouse> Open(SandboxProcess sandbox, string memoryLimit = "128 MB")
    {
        var house = new ConnectionHouse(sandbox, memoryLimit);
        foreach (var service in house.running) await service.StartAsync(CancellationToken.None);
        return house;
    }

    public Task<Requester?> Current(CancellationToken ct) => Task.FromResult<Requester?>(Who);

    /// <summary>Sends a message as a request of its own would.</summary>
    /// <param name="ct">Of the request: whoever leaves the page cancels it.</param>
    public async Task<TResult> Send<TResult>(IRequest<TResult> message, CancellationToken ct = default)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(message, ct);
    }

    /// <summary>Looks after sign-ins once, as is done every few minutes.</summary>
    public Task LookAfterSignIns() =>
        services.GetServices<IHostedService>().OfType<ConnectionUpkeep>().Single().Once(CancellationToken.None);

    public VaultDb Vault() => services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext();

    /// <summary>The organizations that the person who signed in lets this installation read, as Xero lists them.</summary>
    public async Task<IReadOnlyList<Guid>> GrantedAtXero()
    {
        Guid person;
        await using (var db = Vault()) person = (await db.XeroGrants.SingleAsync()).XeroUserId;
        var access = await services.GetRequiredService<XeroGrants>().Access(person, Guid.Empty, default);
        var listed = await services.GetRequiredService<XeroConnectionsApi>().List(access.Token, null, default);
        return [.. listed.Select(c => c.TenantId)];
    }

    public ReadDb Rows() => services.GetRequiredService<ReadModels>().Open();

    /// <summary>Waits for reactors and projections; a busy machine may take longer than a page waits.</summary>
    public async Task CatchUp(Appended appended)
    {
        var readModels = services.GetRequiredService<ReadModels>();
        for (var patience = 15; !await readModels.CaughtUpTo(appended.Position, CancellationToken.None); patience--)
            patience.Should().BePositive("reactors and projections follow");
    }

    /// <summary>What happened to something else in this workspace, by the system.</summary>
    public async Task Happened<TState>(string stream, Decider<TState> decider, params IReadOnlyList<IEvent> events)
    {
        await using var scope = services.CreateAsyncScope();
        var cause = Guid.CreateVersion7();
        scope.ServiceProvider.GetRequiredService<CurrentCommand>().Context =
            CommandContext.Of(cause, "happened", cause, Who.WorkspaceId, []);
        await CatchUp((await scope.ServiceProvider.GetRequiredService<Streams>()
            .Transact(stream, decider, _ => events, default)).Appended);
    }

    /// <summary>Waits for reactors and projections to follow all that the log holds.</summary>
    public async Task CatchUpAll()
    {
        await foreach (var last in Store.ReadAll(ReadDirection.Backwards, null, 1, CancellationToken.None))
            await CatchUp(new Appended(last.Revision, last.Position));
    }

    /// <summary>Makes everything that a sign-in left in the vault that much older.</summary>
    public async Task LetPass(TimeSpan time)
    {
        await using var db = Vault();
        foreach (var row in await db.XeroTenants.ToListAsync()) row.AttachedAt -= time;
        foreach (var row in await db.XeroGrants.ToListAsync()) row.GrantedAt -= time;
        foreach (var row in await db.PendingSignIns.ToListAsync())
            (row.StartedAt, row.AnsweredAt) = (row.StartedAt - time, row.AnsweredAt - time);
        await db.SaveChangesAsync();
    }

    /// <summary>Goes to Xero and comes back.</summary>
    /// <param name="answer">The button of the consent page: allow or cancel.</param>
    public async Task<XeroSignInOutcome> SignIn(
        string tenantId, Guid? reconnect = null, string answer = "allow", string? browser = Browser)
    {
        var consent = reconnect is { } connectionId
            ? await Send(new StartXeroReconnect(Guid.CreateVersion7(), connectionId, Browser, Callback))
            : await Send(new StartXeroSignIn(Guid.CreateVersion7(), Browser, Callback));
        var asked = HttpUtility.ParseQueryString(consent.Query);
        var people = await sandbox.Control.Get<JsonArray>("_/xero/people");
        var person = people.First(p => p!["givenName"]!.GetValue<string>() == Person)!["id"]!.GetValue<string>();
        using var back = await app.AnswerConsent(
            asked.AllKeys.ToDictionary(key => key!, key => asked[key]), answer, person, tenantId);
        var told = HttpUtility.ParseQueryString(back.Headers.Location!.Query);
        LastAnswer = new XeroSignInAnswer(told["state"], told["code"], told["error"], null, browser);
        return await Send(new AnswerXeroSignIn(Guid.CreateVersion7(), LastAnswer));
    }

    /// <summary>Goes to Xero, allows access, and comes back.</summary>
    public async Task<XeroSignInGranted> Allow(string tenantId, Guid? reconnect = null)
    {
        var outcome = await SignIn(tenantId, reconnect);
        (outcome as XeroSignInFailed)?.Problem.Code.Should().BeNull("the sign-in should be granted");
        return (XeroSignInGranted)outcome;
    }

    /// <summary>What Xero sent the browser back with, last.</summary>
    public XeroSignInAnswer? LastAnswer { get; private set; }

    public async Task<ConnectedOrganization> Connect(string tenantId)
    {
        var granted = await Allow(tenantId);
        var connected = await Send(
            new ConnectOrganization(Guid.CreateVersion7(), granted.SignInId, Guid.Parse(tenantId)));
        await CatchUp(connected.Appended);
        return connected;
    }

    /// <summary>Does the queued work of a kind once, as a worker with the lease does.</summary>
    /// <param name="connectionId">Whose; null = there is one only.</param>
    public async Task<WorkResult> Work(string kind, Guid? connectionId = null)
    {
        await using var db = Vault();
        var row = await Queued(db, kind, connectionId);
        var item = new WorkItem(
            row.Id, row.Kind, row.Key, row.Payload, row.WorkspaceId, row.CorrelationId, row.CausationId, row.Failures)
        {
            Wakes = row.Wakes,
        };
        await db.Work.Where(w => w.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.LeasedBy, item.Attempt));
        await using var scope = services.CreateAsyncScope();
        // Behind rows that lag it would only put itself back.
        await CatchUpAll();
        IWorker worker = kind == DisconnectWorker.WorkKind
            ? ActivatorUtilities.CreateInstance<DisconnectWorker>(scope.ServiceProvider)
            : ActivatorUtilities.CreateInstance<DescribeWorker>(scope.ServiceProvider);
        var result = await worker.Do(item, CancellationToken.None);
        var table = new WorkTable(services.GetRequiredService<IDbContextFactory<VaultDb>>(), TimeProvider.System);
        if (result is WorkResult.Again again) await table.PutBack(item, again, default);
        else await table.Done(item, default);
        return result;
    }

    /// <summary>Carries a run out, as a worker with the lease does, and gives its events.</summary>
    public async Task<IReadOnlyList<IEvent>> CarryOut(ExporterConfiguration configuration, Guid? replayOf = null)
    {
        var (runId, correlation) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var scope = services.CreateAsyncScope();
        var of = scope.ServiceProvider;
        of.GetRequiredService<CurrentCommand>().Context = CommandContext.Of(
            runId, "start", correlation, Who.WorkspaceId, configuration.ConnectionIds);
        var cursor = await of.GetRequiredService<Streams>().Open(Run.StreamOf(runId), Run.Decider, default);
        await cursor.Append(
            new RunStarted(
                runId, Guid.CreateVersion7(), 1, configuration, "sheet", Guid.CreateVersion7(), RunTrigger.Person,
                TimeProvider.System.GetUtcNow(), ReplayOf: replayOf), default);
        await ActivatorUtilities.CreateInstance<RunWorker>(of).Do(
            new WorkItem(
                Guid.CreateVersion7(), RunWorker.WorkKind, $"{runId:N}", WorkItem.Write(new RunWork(runId)),
                Who.WorkspaceId, correlation, runId, 0), default);
        return await Events(Run.StreamOf(runId));
    }

    private static async Task<WorkRow> Queued(VaultDb db, string kind, Guid? connectionId)
    {
        var key = connectionId?.ToString("N");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await db.Work.AsNoTracking().SingleOrDefaultAsync(w => w.Kind == kind && (key == null || w.Key == key), stop.Token) is { } row)
                return row;
            await Task.Delay(10, stop.Token);
        }
    }

    public async Task<IReadOnlyList<IEvent>> Events(string stream)
    {
        var events = new List<IEvent>();
        await foreach (var stored in Store.ReadStream(
            stream, ReadDirection.Forwards, null, null, CancellationToken.None))
            events.Add(services.GetRequiredService<EventCatalog>().Deserialize(stored).Event);
        return events;
    }

    /// <summary>Who appended the last event, and because of what.</summary>
    public async Task<EventMetadata> Signed(string stream)
    {
        var last = await Store.ReadStream(stream, ReadDirection.Backwards, null, 1, CancellationToken.None).SingleAsync();
        return services.GetRequiredService<EventCatalog>().Deserialize(last).Metadata;
    }

    /// <summary>Waits for an event that a reactor appends.</summary>
    public async Task Until(string stream, Func<IEvent, bool> isIt)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await Events(stream)).Any(isIt)) await Task.Delay(10, stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in running) await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        folder.Dispose();
    }

    private IEventStore EventStore() => new ServiceCollection().AddSingleton(TimeProvider.System)
        .AddEmbeddedEventStore("sqlite:events.db", folder.Path)
        .BuildServiceProvider().GetRequiredService<IEventStore>();

    private IConfiguration Settings(Uri xero) => new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["Xero:ClientId"] = app.ClientId,
            ["Xero:ClientSecret"] = app.Secret,
            ["Xero:AuthorizeUrl"] = $"{xero}identity/connect/authorize",
            ["Xero:IdentityUrl"] = xero.ToString(),
            ["Xero:ApiUrl"] = xero.ToString(),
        }).Build();

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "CountingKit";

        public string ContentRootPath { get; set; } = "";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } =
            new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
