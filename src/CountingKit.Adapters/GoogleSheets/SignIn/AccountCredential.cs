using System.Net;
using System.Net.Http.Headers;
using Google.Apis.Http;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Gives each request the account's access token, and a fresh one once when Google refuses it.</summary>
internal sealed class AccountCredential(GoogleAccounts accounts, Guid accountId)
    : IConfigurableHttpClientInitializer, IHttpExecuteInterceptor, IHttpUnsuccessfulResponseHandler
{
    private string? rejected;

    public void Initialize(ConfigurableHttpClient httpClient)
    {
        httpClient.MessageHandler.FollowRedirect = false;
        httpClient.MessageHandler.AddExecuteInterceptor(this);
        httpClient.MessageHandler.AddUnsuccessfulResponseHandler(this);
    }

    public async Task InterceptAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", await accounts.AccessToken(accountId, rejected, cancellationToken));

    public Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
    {
        var again = args.Response.StatusCode == HttpStatusCode.Unauthorized && args.CurrentFailedTry == 1;
        if (again) rejected = args.Request.Headers.Authorization?.Parameter;
        return Task.FromResult(again);
    }
}
