using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>For whom a call is made.</summary>
/// <param name="TenantId">The organization whose budget it passes; null = none, as for sign-in.</param>
/// <param name="Urgent">A person waits: it may use the day's reserve.</param>
internal sealed record XeroCall(Guid? TenantId = null, Guid? RunId = null, bool Urgent = false);

/// <summary>The one way out to Xero: budget, call, whole answer, log.</summary>
internal sealed class XeroWire(
    IHttpClientFactory clients, XeroBudget budget, XeroCallLog log, XeroPatience patience, WorkLanes lanes, TimeProvider time)
{
    /// <summary>The accounting client: GET only.</summary>
    public const string Accounting = "xero-accounting";

    /// <summary>GET and DELETE /connections.</summary>
    public const string Connections = "xero-connections";

    /// <summary>Tokens.</summary>
    public const string Identity = "xero-identity";

    /// <summary>Tries of a call that gets no answer, or 5xx: work that has a lane has more patience than a person.</summary>
    public int Tries => lanes.HasLane ? patience.Tries : Math.Min(patience.Tries, patience.PersonsTries);

    /// <summary>One try.</summary>
    /// <exception cref="XeroSilentException">No whole answer came.</exception>
    /// <exception cref="SourceException">The day's budget is used up, or the answer is too large.</exception>
    public async Task<XeroAnswer> Send(string client, HttpRequestMessage request, XeroCall call, CancellationToken ct)
    {
        await using var turn = call.TenantId is { } tenant ? await budget.Enter(tenant, call.Urgent, ct) : null;
        var (status, bytes) = (0, 0L);
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        var attempt = client == Identity ? patience.SignInAttempt : patience.Attempt;
        if (!lanes.HasLane && patience.PersonsAttempt < attempt) attempt = patience.PersonsAttempt;
        using var limit = new CancellationTokenSource(attempt, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var response = await clients.CreateClient(client)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await AnswerBody.Read(response.Content, either.Token);
            (status, bytes) = ((int)response.StatusCode, body.Length);
            var headers = XeroHeaders.Of(response, time.GetUtcNow());
            turn?.Learn(response.StatusCode, headers);
            return new XeroAnswer(response.StatusCode, headers, body);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new XeroSilentException("Xero did not answer in time.", late);
        }
        catch (AnswerTooLargeException large)
        {
            throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.TooLarge, large);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException)
        {
            throw new XeroSilentException("The call to Xero broke off.", broken);
        }
        finally
        {
            var path = request.RequestUri!.AbsolutePath;
            await log.Write(call, at, request.Method.Method, path, status, time.GetElapsedTime(started), bytes);
        }
    }

    /// <summary>Tries until there is an answer that is worth no other try. Only for what may be repeated.</summary>
    /// <exception cref="SourceException">Down, or the day's budget is used up.</exception>
    public async Task<XeroAnswer> SendPatiently(
        string client, Func<HttpRequestMessage> request, XeroCall call, CancellationToken ct)
    {
        for (var failures = 1; ; failures++)
        {
            XeroSilentException? silence = null;
            try
            {
                using var message = request();
                var answer = await Send(client, message, call, ct);
                if (!answer.IsTransient) return answer;
            }
            catch (XeroSilentException caught)
            {
                silence = caught;
            }

            if (failures == Tries) throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down, silence);
            await Task.Delay(patience.WaitAfter(failures), time, ct);
        }
    }
}
