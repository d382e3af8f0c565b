using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>What is asked of the Accounting API, for whom.</summary>
/// <param name="Path">Below <c>api.xro/2.0/</c>, with its query.</param>
/// <param name="Scope">The permission that opens it, as Xero names it.</param>
internal sealed record XeroQuestion(
    Guid ConnectionId, string Path, DateTimeOffset? ModifiedSince, Guid? RunId, string Scope, bool Urgent = false);

/// <summary>Reads the Accounting API, and decides what each of its refusals means.</summary>
internal sealed class XeroApi(
    XeroWire wire, XeroGrants grants, XeroGrantStore store, XeroConnectionsApi connections, XeroPatience patience,
    IOptions<XeroOptions> options, WorkLanes lanes, TimeProvider time, ILogger<XeroApi> log)
{
    private static readonly TimeSpan UntilAskedAgain = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Asks until there is an answer that <paramref name="read"/> understands, within bounds: an answer that is none
    /// (a page of a proxy, half of one) passes like a fault of Xero's.
    /// </summary>
    /// <param name="read">
    /// Of 200, or of 304: nothing changed. Throws <see cref="UnreadableRecordException"/> or
    /// <see cref="JsonException"/> for what is no answer. It is the answer's last user, unless it keeps it.
    /// </param>
    /// <exception cref="SourceException">With the outcome decided.</exception>
    public async Task<T> Get<T>(XeroQuestion question, Func<XeroAnswer, T> read, CancellationToken ct)
    {
        var access = await grants.Access(question.ConnectionId, ct);
        var call = new XeroCall(access.TenantId, question.RunId, question.Urgent);
        var (renewed, limited, failures) = (false, 0, 0);
        while (true)
        {
            SourceException passing;
            try
            {
                using var request = Request(question, access);
                var answer = await wire.Send(XeroWire.Accounting, request, call, ct);
                if (answer.IsSuccess || answer.Status == HttpStatusCode.NotModified) return Read(answer, read);

                var error = Told(answer, question);
                switch (answer.Status)
                {
                    case HttpStatusCode.TooManyRequests:
                        if (XeroLimits.Of(answer.Headers) == XeroLimit.Day) throw DayLimit(answer.Headers);
                        if (++limited == patience.Tries) throw Limited();
                        // The budget waits as long as Xero said; where it did not say, longer each time.
                        if (answer.Headers.RetryAfter is null) await lanes.Wait(patience.WaitAfter(limited), ct);
                        continue;
                    case HttpStatusCode.Unauthorized when !renewed && !IsAboutPermission(answer, error):
                        renewed = true;
                        access = await grants.Renew(access, ct);
                        continue;
                    case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                        throw await Denied(
                            access, renewed, question.Scope,
                            XeroScopes.NamedIn(answer.Headers.Challenge) ?? XeroScopes.NamedIn(error.Text), ct);
                    case HttpStatusCode.BadRequest when error.IsAboutVolume:
                        throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.TooManyRecords);
                }

                if (!IsPassing(answer)) throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Refused);
                passing = Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down);
            }
            catch (XeroSilentException silence)
            {
                passing = Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down, silence);
            }
            catch (Exception nonsense) when (nonsense is UnreadableRecordException or JsonException)
            {
                passing = Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood, nonsense);
            }

            if (++failures == wire.Tries) throw passing;
            await lanes.Wait(patience.WaitAfter(failures), ct);
        }
    }

    private static T Read<T>(XeroAnswer answer, Func<XeroAnswer, T> read)
    {
        try
        {
            return read(answer);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private XeroErrorBody Told(XeroAnswer answer, XeroQuestion question)
    {
        using (answer)
        {
            var error = XeroErrorBody.Parse(answer.Body.Span);
            log.LogWarning(
                "Xero answered {Status} to {Path} (correlation {Correlation}, instance {Instance})",
                (int)answer.Status, question.Path, answer.Headers.CorrelationId, error.Instance);
            return error;
        }
    }

    /// <summary>The lists that we ask for are always there: where one is not, what answered is not Xero, or not well.</summary>
    private static bool IsPassing(XeroAnswer answer) =>
        answer.IsTransient || answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict;

    /// <summary>An organization that Xero no longer lists for us is lost; else only this data is denied.</summary>
    /// <param name="renewed">The token is a new one: another would be refused too.</param>
    /// <param name="needed">The permission that opens what was asked for.</param>
    /// <param name="named">The permission that the refusal names; null = none.</param>
    private async Task<SourceException> Denied(
        XeroAccess access, bool renewed, string needed, string? named, CancellationToken ct)
    {
        try
        {
            var reached = renewed
                ? await connections.List(access.Token, null, ct)
                : await grants.Use(access, token => connections.List(token, null, ct), ct);
            // With a revoked sign-in an access token lives on for half an hour and reaches nothing: renewing tells.
            if (reached.Count == 0) await grants.Renew(access, ct);
            return reached.Any(c => c.TenantId == access.TenantId)
                ? await NotPermitted(access, needed, named, ct)
                : Refusals.Because(SourceProblem.NoAccess, XeroCodes.NoAccess);
        }
        catch (XeroTokenRefusedException)
        {
            return Refusals.Because(SourceProblem.SignInExpired, XeroCodes.SignInExpired);
        }
    }

    private SourceException Limited() => Refusals.Because(
        SourceProblem.Unavailable, XeroCodes.MinuteLimit, retryAt: time.GetUtcNow() + UntilAskedAgain);

    private SourceException DayLimit(XeroHeaders headers) => Refusals.Because(
        SourceProblem.DayLimit, XeroCodes.DayLimit,
        retryAt: time.GetUtcNow() + XeroLimits.WaitOf(headers));

    /// <summary>Which permission it was about, by name; else it is the role of the person who signed in.</summary>
    private async Task<SourceException> NotPermitted(
        XeroAccess access, string needed, string? named, CancellationToken ct)
    {
        var granted = XeroScopes.Split((await store.Find(access.XeroUserId, ct))?.Scopes ?? "");
        var scope = named ?? XeroScopes.Missing([needed], granted).FirstOrDefault();
        var reason = scope is not null
            ? $"The permission {scope} is missing ({XeroPermissions.Meaning(scope)})"
            : "The permission is granted, but the person who signed in lacks the role for it in Xero";
        return new SourceException(
            SourceProblem.PermissionMissing, XeroCodes.PermissionMissing.Code,
            $"{XeroCodes.PermissionMissing.Title}. {reason}. {XeroCodes.PermissionMissing.Advice}");
    }

    private static bool IsAboutPermission(XeroAnswer answer, XeroErrorBody error) =>
        error.Text?.Contains("AuthorizationUnsuccessful", StringComparison.OrdinalIgnoreCase) == true
        || error.Text?.Contains("insufficient_scope", StringComparison.OrdinalIgnoreCase) == true
        || answer.Headers.Challenge?.Contains("insufficient_scope", StringComparison.OrdinalIgnoreCase) == true;

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
