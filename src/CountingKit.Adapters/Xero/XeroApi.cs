using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CountingKit.Connections;
using CountingKit.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>What is asked of the Accounting API, for whom.</summary>
/// <param name="Path">Below <c>api.xro/2.0/</c>, with its query.</param>
internal sealed record XeroQuestion(
    Guid ConnectionId, string Path, DateTimeOffset? ModifiedSince = null, Guid? RunId = null, bool Urgent = false);

/// <summary>Reads the Accounting API, and decides what each of its refusals means.</summary>
internal sealed class XeroApi(
    XeroWire wire, XeroGrants grants, XeroConnectionsApi connections, XeroPatience patience,
    IOptions<XeroOptions> options, TimeProvider time, ILogger<XeroApi> log)
{
    /// <returns>200, or 304: nothing changed.</returns>
    /// <exception cref="SourceException">With the outcome decided.</exception>
    public async Task<XeroAnswer> Get(XeroQuestion question, CancellationToken ct)
    {
        var access = await grants.Access(question.ConnectionId, ct);
        var call = new XeroCall(access.TenantId, question.RunId, question.Urgent);
        var (renewed, limited) = (false, 0);
        while (true)
        {
            var answer = await wire.SendPatiently(XeroWire.Accounting, () => Request(question, access), call, ct);
            if (answer.IsSuccess || answer.Status == HttpStatusCode.NotModified) return answer;

            var error = XeroErrorBody.Parse(answer.Body.Span);
            log.LogWarning(
                "Xero answered {Status} to {Path} (correlation {Correlation}, instance {Instance})",
                (int)answer.Status, question.Path, answer.Headers.CorrelationId, error.Instance);
            switch (answer.Status)
            {
                case HttpStatusCode.TooManyRequests:
                    if (XeroBudget.LimitOf(answer.Headers) == XeroLimit.Day) throw DayLimit(answer.Headers);
                    if (++limited == patience.Tries)
                        throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.MinuteLimit);
                    break; // The budget waits as long as Xero said.
                case HttpStatusCode.Unauthorized when !renewed && !IsAboutPermission(error):
                    renewed = true;
                    access = await grants.Renew(access, ct);
                    break;
                case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                    throw await Denied(access, renewed, ct);
                default:
                    throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Refused);
            }
        }
    }

    /// <summary>An organization that Xero no longer lists for us is lost; else only this data is denied.</summary>
    /// <param name="renewed">The token is a new one: another would be refused too.</param>
    private async Task<SourceException> Denied(XeroAccess access, bool renewed, CancellationToken ct)
    {
        try
        {
            var reached = renewed
                ? await connections.List(access.Token, null, ct)
                : await grants.Use(access, token => connections.List(token, null, ct), ct);
            // With a revoked sign-in an access token lives on for half an hour and reaches nothing: renewing tells.
            if (reached.Count == 0) await grants.Renew(access, ct);
            return reached.Any(c => c.TenantId == access.TenantId)
                ? Refusals.Because(SourceProblem.PermissionMissing, XeroCodes.PermissionMissing)
                : Refusals.Because(SourceProblem.NoAccess, XeroCodes.NoAccess);
        }
        catch (XeroTokenRefusedException)
        {
            return Refusals.Because(SourceProblem.SignInExpired, XeroCodes.SignInExpired);
        }
    }

    private SourceException DayLimit(XeroHeaders headers) => Refusals.Because(
        SourceProblem.DayLimit, XeroCodes.DayLimit,
        retryAt: time.GetUtcNow() + (headers.RetryAfter ?? TimeSpan.FromHours(1)));

    private static bool IsAboutPermission(XeroErrorBody error) =>
        error.Text?.Contains("AuthorizationUnsuccessful", StringComparison.OrdinalIgnoreCase) == true;

    private HttpRequestMessage Request(XeroQuestion question, XeroAccess access)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, options.Value.Api($"api.xro/2.0/{question.Path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
        request.Headers.Add("Xero-Tenant-Id", access.TenantId.ToString());
        request.Headers.Accept.ParseAdd("application/json");
        if (question.ModifiedSince is { } since)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", since.UtcDateTime.ToString(
                "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        return request;
    }
}
