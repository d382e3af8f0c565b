using System.Collections.Concurrent;
using CountingKit.Adapters.Keys;
using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Vault;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.Tests.Xero;

/// <summary>The product's Xero side over a vault in a folder or a database, as one process would have it.</summary>
internal sealed class XeroHouse : IAsyncDisposable
{
    public const string Browser = "browser-cookie-value";
    public const string ClientSecret = "app-secret-Zq81";
    public static readonly Guid Member = Guid.CreateVersion7();
    public static readonly Guid Workspace = Guid.CreateVersion7();
    public static readonly Uri Redirect = new("http://localhost:5000/connections/xero/callback");

    private readonly ServiceProvider services;

    public XeroHouse(
        Uri xero, TempFolder folder, TimeProvider? time = null, Action<Dictionary<string, string?>>? settings = null,
        string database = "sqlite:vault", XeroPatience? patience = null)
    {
        Dictionary<string, string?> values = new()
        {
            ["Xero:ClientId"] = "app-id", ["Xero:ClientSecret"] = ClientSecret,
            ["Xero:AuthorizeUrl"] = $"{xero}identity/connect/authorize", ["Xero:IdentityUrl"] = xero.ToString(),
            ["Xero:ApiUrl"] = xero.ToString(),
            ["Xero:Scopes"] = "openid profile email offline_access accounting.settings.read accounting.invoices.read",
        };
        settings?.Invoke(values);
        var registered = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton(patience ?? new XeroPatience(
                TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1), 3)
            {
                PersonsTries = 3,
            })
            .AddCopiedDatabase(database, folder.Path)
            .AddKeys("keys", folder.Path)
            .AddXero(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        Storage = registered.AddFlakyVault();
        services = registered.BuildServiceProvider();
    }

    public LogBook Logs { get; } = new();

    public FlakyVault Storage { get; }

    public IXeroSignIn SignIn => Get<IXeroSignIn>();

    public IXeroConnections Connections => Get<IXeroConnections>();

    public IXeroDisconnect Disconnect => Get<IXeroDisconnect>();

    public IXeroUpkeep Upkeep => Get<IXeroUpkeep>();

    public IAccountingSource Source => Get<IAccountingSource>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public VaultDb Vault() => Get<IDbContextFactory<VaultDb>>().CreateDbContext();

    /// <summary>Starts a sign-in and gives its state and the consent page's whole query.</summary>
    public async Task<StartedSignIn> Start(Guid? reconnectId = null)
    {
        var id = Guid.CreateVersion7();
        var address = await SignIn.Start(
            new XeroSignInStart(Member, Workspace, Browser, reconnectId, id, Redirect), CancellationToken.None);
        var query = QueryHelpers.ParseQuery(address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        return new StartedSignIn(id, address, query);
    }

    public Task<XeroSignInOutcome> Answer(
        string? state, string? code, string? error = null, string? browser = Browser, Guid? member = null) =>
        SignIn.Answer(new XeroSignInAnswer(state, code, error, null, browser), member ?? Member, CancellationToken.None);

    /// <summary>A whole sign-in that connects the first organization it grants.</summary>
    public async Task<Guid> Connect(FakeXero xero)
    {
        if (xero.Connections.Count == 0) xero.Grant("Acme Ltd");
        var started = await Start();
        var granted = (await Answer(started.State, xero.Code)).Should().BeOfType<XeroSignInGranted>().Subject;
        var connectionId = Guid.CreateVersion7();
        var chosen = granted.Organizations.First(o => o.ConnectionId is null);
        await SignIn.Attach(started.Id, connectionId, chosen.TenantId, CancellationToken.None);
        return connectionId;
    }

    /// <summary>Makes the stored access token look used up, to us.</summary>
    public async Task Expire()
    {
        await using var db = Vault();
        await db.XeroGrants.ExecuteUpdateAsync(set => set.SetProperty(g => g.AccessExpiresAt, DateTime.UnixEpoch));
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

internal sealed record StartedSignIn(Guid Id, Uri Address, IReadOnlyDictionary<string, string> Query)
{
    public string State => Query["state"];
}

internal static class Grants
{
    public static FakeConnection Grant(
        this FakeXero xero, string name, string type = "ORGANISATION", Guid? consent = null)
    {
        var connection = new FakeConnection(
            Guid.CreateVersion7(), consent ?? xero.AuthEventId, Guid.CreateVersion7(), type, name);
        xero.Connections.Add(connection);
        return connection;
    }
}

/// <summary>Everything that was logged, at every level.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Lines.Enqueue($"scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
