using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Vault;
using CountingKit.Web.Features.Dashboard;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Portal;

/// <summary>The real portal in this process, with a folder, store, vault and keys of its own, and no sandbox.</summary>
public class PortalFactory : WebApplicationFactory<DashboardController>, IAsyncLifetime
{
    public const string OwnerEmail = "olivia@example.com";
    public const string Password = "correct horse battery";
    public const string ApiKey = "ck_a-key-for-tests-0123456789";

    private const int FewIterations = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private StorageUnderTest? storage;

    public TempFolder Folder { get; } = new();

    /// <summary>Null = as the environment says.</summary>
    public StorageKind? Storage { get; init; }

    /// <summary>Where this one keeps what it keeps.</summary>
    public StorageUnderTest StorageInUse => storage!;

    /// <summary>As which it runs.</summary>
    public string EnvironmentName { get; init; } = "Test";

    /// <summary>
    /// Passwords are hashed as often as for users. Otherwise a few times: that is most of what a start and a sign-in cost,
    /// and next to no test is about it.
    /// </summary>
    public bool HashesInFull { get; init; }

    /// <summary>Settings of one test's own; null as a value takes a setting out.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Waits until the portal is ready.</summary>
    public async Task InitializeAsync()
    {
        storage = await StorageUnderTest.Of(Folder.Path, Storage);
        Prepare(storage);
        using var http = CreateClient();
        using var stop = new CancellationTokenSource(Patience);
        while (!(await http.GetAsync("/health/ready", stop.Token)).IsSuccessStatusCode)
            await Task.Delay(50, stop.Token);
    }

    public new async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (storage is not null) await storage.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public Browser Stranger() => Stranger(new("http://localhost"));

    /// <summary>A browser that reaches the portal at another address.</summary>
    public Browser Stranger(Uri address) => new(CreateClient(new() { AllowAutoRedirect = false, BaseAddress = address }));

    /// <summary>A browser in which the owner is signed in.</summary>
    public Task<Browser> Owner() => SignedIn(OwnerEmail);

    public async Task<Browser> SignedIn(string email, string password = Password)
    {
        var browser = Stranger();
        var page = await browser.Get("/sign-in");
        var answer = await browser.Submit(page.Form(), ("Email", email), ("Password", password));
        answer.Location.Should().Be("/", "the sign-in should succeed");
        return browser;
    }

    /// <summary>A client of the API with the owner's key.</summary>
    public HttpClient Api(string key = ApiKey)
    {
        var http = CreateClient(new() { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }

    /// <summary>Somebody joins the owner's workspace.</summary>
    /// <param name="connections">Null = may see all organizations.</param>
    /// <returns>A browser in which they are signed in.</returns>
    public async Task<Browser> Member(Role role, IReadOnlyList<Guid>? connections = null) =>
        await SignedIn((await Joined(role, connections)).Email);

    /// <inheritdoc cref="Member"/>
    /// <returns>Who it is; they have not signed in yet, which they do with <see cref="Password"/>.</returns>
    public async Task<(Guid Id, string Email)> Joined(Role role, IReadOnlyList<Guid>? connections = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var workspace = (await services.GetRequiredService<FirstOwner>().Find(default))!.Value.WorkspaceId;
        var id = Guid.CreateVersion7();
        var email = $"{role}-{id:N}@example.com".ToLowerInvariant();
        var login = new MemberLogin { Id = id, UserName = email, Email = email };
        (await services.GetRequiredService<UserManager<MemberLogin>>().CreateAsync(login, Password)).Succeeded.Should().BeTrue();
        services.GetRequiredService<CurrentCommand>().Context = new(id, id, id, Actor.System, workspace, []);
        var done = await services.GetRequiredService<Streams>().Transact(
            Workspace.StreamOf(workspace), Workspace.Decider,
            state => Workspace.AddMember(state, workspace, id, role, connections), default);
        (await services.GetRequiredService<ReadModels>().CaughtUpTo(done.Appended.Position, default)).Should().BeTrue();
        return (id, email);
    }

    /// <summary>All events of the log that the portal knows, oldest first.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> Log()
    {
        var catalog = Services.GetRequiredService<EventCatalog>();
        var found = new List<RecordedEvent>();
        await foreach (var stored in Services.GetRequiredService<IEventStore>()
            .ReadAll(ReadDirection.Forwards, null, null, default))
            if (catalog.StoredNames.Contains(stored.Type)) found.Add(catalog.Deserialize(stored));
        return found;
    }

    /// <summary>Waits until the log holds such an event.</summary>
    /// <param name="which">Null = any of this type.</param>
    /// <returns>The last one.</returns>
    public async Task<TEvent> Logged<TEvent>(Func<TEvent, bool>? which = null) where TEvent : class, IEvent
    {
        using var stop = new CancellationTokenSource(Patience);
        while (true)
        {
            if ((await Log()).Select(r => r.Event).OfType<TEvent>().LastOrDefault(e => which?.Invoke(e) ?? true) is { } found)
                return found;
            await Task.Delay(50, stop.Token);
        }
    }

    /// <summary>Waits until the log has been told all that sign-in did.</summary>
    public async Task Settled()
    {
        using var stop = new CancellationTokenSource(Patience);
        await using var vault = await Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        while (await vault.Outbox.AnyAsync(stop.Token)) await Task.Delay(50, stop.Token);
    }

    /// <summary>Before the portal starts on it.</summary>
    protected virtual void Prepare(StorageUnderTest storage)
    {
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        storage ??= new StorageUnderTest(Folder.Path);
        if (storage.Kind is StorageKind.Sqlite) EmptyDatabase.CopyTo(Folder.Path);
        var settings = new Dictionary<string, string?>
        {
            ["EventStore:ConnectionString"] = storage.EventStore,
            ["Database:ConnectionString"] = storage.Database,
            ["Mirror:Path"] = Folder["mirror"],
            ["Keys:Path"] = Folder["keys"],
            ["Portal:OwnerEmail"] = OwnerEmail,
            ["Portal:OwnerPassword"] = Password,
            ["Portal:ApiKey"] = ApiKey,
            ["Sandbox:Enabled"] = "false",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in Settings) settings[key] = value;
        foreach (var (key, value) in settings)
            if (value is not null) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddControllers().AddApplicationPart(typeof(PortalFactory).Assembly);
            if (!HashesInFull) services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = FewIterations);
        });
    }
}
