using Google.Apis.Drive.v3;
using Google.Apis.Http;
using Google.Apis.Json;
using Google.Apis.Services;
using Google.Apis.Sheets.v4;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Makes Google's clients for one account: our addresses and sign-in, our retries instead of theirs.</summary>
internal sealed class GoogleClients(
    GoogleAccounts accounts, IHttpMessageHandlerFactory handlers, IOptions<GoogleOptions> options)
{
    public const string HandlerName = "google-apis";

    // It keeps what it learns about each type that it reads or writes; learning that takes longer than reading most answers.
    private static readonly NewtonsoftJsonSerializer Json = new(JsonSettings());

    // Google works on a request for up to 180 seconds.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(200);

    public SheetsService Sheets(Guid accountId) => new(Settings(accountId, options.Value.SheetsBase));

    public DriveService Drive(Guid accountId) => new(Settings(accountId, options.Value.DriveBase));

    private BaseClientService.Initializer Settings(Guid accountId, string baseUri) => new()
    {
        ApplicationName = "CountingKit",
        BaseUri = baseUri,
        HttpClientInitializer = new AccountCredential(accounts, accountId),
        HttpClientTimeout = Timeout,
        DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
        // Never a POST that stands for a GET: not every proxy between here and Google knows that.
        MaxUrlLength = 0,
        HttpClientFactory = new HttpClientFromMessageHandlerFactory(_ =>
            new(handlers.CreateHandler(HandlerName), performsAutomaticDecompression: false, handlesRedirect: false)),
        Serializer = Json,
    };

    /// <summary>A text that looks like a date stays a text when values are read back.</summary>
    internal static JsonSerializerSettings JsonSettings()
    {
        var settings = NewtonsoftJsonSerializer.CreateDefaultSettings();
        settings.DateParseHandling = DateParseHandling.None;
        return settings;
    }
}
