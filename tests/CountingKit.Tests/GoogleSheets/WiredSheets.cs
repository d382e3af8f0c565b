using CountingKit.Adapters.GoogleSheets;
using CountingKit.Adapters.Keys;
using CountingKit.EventSourcing;
using CountingKit.Spreadsheets;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>The adapter as the portal registers it, with a vault of its own, pointed at a base address.</summary>
internal sealed class WiredSheets : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly ServiceProvider services;

    public WiredSheets(string google, TimeProvider time, string scopes = "drive.file")
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Google:ClientId"] = "client1", ["Google:ClientSecret"] = "secret1", ["Google:Scopes"] = scopes,
            ["Google:AuthorizeUrl"] = google + "o/oauth2/v2/auth", ["Google:TokenUrl"] = google + "token",
            ["Google:RevokeUrl"] = google + "revoke", ["Google:SheetsUrl"] = google, ["Google:DriveUrl"] = google,
        }).Build();
        var registered = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time)
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { ContentRootPath = folder.Path })
            .AddCopiedDatabase("sqlite:data", folder.Path)
            .AddKeys("keys", folder.Path)
            .AddGoogleSheets(settings);
        Storage = registered.AddFlakyVault();
        services = registered.BuildServiceProvider(validateScopes: true);
    }

    public string Folder => Path.Combine(folder.Path, "data");

    public FlakyVault Storage { get; }

    public ISpreadsheets Sheets => services.GetRequiredService<ISpreadsheets>();

    public GoogleAccounts Accounts => services.GetRequiredService<GoogleAccounts>();

    public IGoogleSignIn SignIn => services.GetRequiredService<IGoogleSignIn>();

    public GoogleOAuth OAuth => services.GetRequiredService<GoogleOAuth>();

    public GoogleOptions Options =>
        services.GetRequiredService<Microsoft.Extensions.Options.IOptions<GoogleOptions>>().Value;

    /// <summary>The calling method goes on as work in the only lane.</summary>
    public void InALane()
    {
        var places = new WorkPlaces(1);
        places.Begin(CancellationToken.None).IsCompletedSuccessfully.Should().BeTrue();
        services.GetRequiredService<WorkLanes>().Enter(new WorkPlace(places, CancellationToken.None));
    }

    /// <summary>An account whose consent was given, in the vault.</summary>
    /// <param name="lives">Then Google ends it, as it said; null = it lasts.</param>
    public Task Connect(
        string refreshToken = "rt", string scopes = GoogleScopes.DriveFile, TimeSpan? lives = null) => Accounts.Keep(
        Writes.Account,
        new GoogleTokens
        {
            AccessToken = "at0", ExpiresAt = default, RefreshToken = refreshToken, Scopes = [scopes],
            SignInEndsAt = services.GetRequiredService<TimeProvider>().GetUtcNow() + lives,
        },
        "ann@example.com", "1234", default);

    public async Task<GoogleCredentialRow?> Row()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        return await db.GoogleCredentials.AsNoTracking().SingleOrDefaultAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}
