using System.Net;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.GoogleSheets;

public static class GoogleSheetsRegistration
{
    /// <summary>
    /// Google accounts and spreadsheets, with section <c>Google</c> of the settings. Needs the vault
    /// (<c>IDbContextFactory&lt;VaultDb&gt;</c>), an <c>ISecretBox</c> and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddGoogleSheets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GoogleOptions>().Bind(configuration.GetSection(GoogleOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GoogleOptions>, GoogleOptionsCheck>();
        services.AddHttpClient<GoogleOAuth>(http => http.Timeout = TimeSpan.FromSeconds(30))
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .AddHttpMessageHandler(() => new AnswerLimit(AnswerLimit.OfAnythingElse))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.TryAddSingleton<CallAttribution>();
        services.TryAddSingleton<WorkLanes>();
        services.TryAddSingleton<GoogleSignInSignal>();
        services.AddTransient<GoogleCallLog>();
        services.AddHttpClient(GoogleClients.HandlerName)
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .AddHttpMessageHandler<GoogleCallLog>()
            .AddHttpMessageHandler(() => new AnswerLimit(AnswerLimit.OfData))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services
            .AddSingleton(new ErrorCodeList(GoogleCodes.All))
            .AddSingleton<GoogleCredentials>()
            .AddSingleton<GoogleAccounts>()
            .AddSingleton<ISpreadsheetAddresses, SpreadsheetAddresses>()
            .AddSingleton<IGoogleSignIn, GoogleSignIn>()
            .AddSingleton<GoogleClients>()
            .AddSingleton<GoogleCalls>()
            .AddSingleton<SheetReader>()
            .AddSingleton<TabSurvey>()
            .AddSingleton<SheetPlanner>()
            .AddSingleton<SheetStaging>()
            .AddSingleton<SheetCommit>()
            .AddSingleton<SheetReadBack>()
            .AddSingleton<SpreadsheetFiles>()
            .AddSingleton<ISpreadsheets, GoogleSpreadsheets>();
    }

    /// <summary>
    /// Kept for the life of the process, with connections renewed. It unpacks, below the limit of answers:
    /// Google's client finds nothing left to unpack.
    /// </summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
