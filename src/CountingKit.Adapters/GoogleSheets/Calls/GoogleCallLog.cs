using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Every call to Sheets and Drive, in the vault: what was asked and what it cost, never what was said.</summary>
internal sealed class GoogleCallLog(
    IDbContextFactory<VaultDb> vault, CallAttribution attribution, TimeProvider time, ILogger<GoogleCallLog> log)
    : DelegatingHandler
{
    private const int LongestPath = 300;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (at, start) = (time.GetUtcNow().UtcDateTime, time.GetTimestamp());
        HttpResponseMessage? response = null;
        try
        {
            return response = await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            await Write(request, response, at, time.GetElapsedTime(start));
        }
    }

    /// <summary>Not to be canceled: the call was made. Never fails: the answer counts for more than its line.</summary>
    private async Task Write(HttpRequestMessage request, HttpResponseMessage? response, DateTime at, TimeSpan took)
    {
        var path = request.RequestUri!.AbsolutePath;
        try
        {
            await using var db = await vault.CreateDbContextAsync(CancellationToken.None);
            db.Calls.Add(new CallRow
            {
                At = at,
                Vendor = "google",
                RunId = attribution.RunId,
                Method = request.Method.Method,
                Path = PlainText.Cut(path, LongestPath),
                Status = (int?)response?.StatusCode ?? 0,
                Milliseconds = (int)took.TotalMilliseconds,
                Bytes = request.Content?.Headers.ContentLength ?? 0,
            });
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception failed)
        {
            log.LogWarning(failed, "The call {Method} {Path} to Google could not be written down", request.Method, path);
        }
    }
}
