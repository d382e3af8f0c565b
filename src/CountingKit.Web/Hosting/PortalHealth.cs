using CountingKit.Adapters.Mirror;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using CountingKit.Web.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CountingKit.Web.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: what pages stand on is there and moving. Degraded, still
/// 200: it serves and stays in rotation, but somebody should look: an event is set aside, the mirror is away, or something
/// fails again and again.
/// </summary>
internal static class PortalHealth
{
    private const string Health = "/health";

    /// <summary>The mirror's check is one for all probes: its look may outlast a probe and the services made for it.</summary>
    public static void AddPortalHealth(this IServiceCollection services) => services
        .AddSingleton<LogReach>().AddSingleton<FolderLooks>().AddSingleton<MirrorHealth>().AddHealthChecks()
        .AddCheck<ReadModelsHealth>("readModels")
        .AddCheck<ReactorsHealth>("reactors")
        .AddCheck<WorkHealth>("work")
        .AddCheck<OwnerHealth>("owner")
        .AddCheck<VaultHealth>("vault")
        .AddCheck<ProxyHealth>("proxy")
        .AddCheck<DiskHealth>("disk")
        .AddCheck<MirrorHealth>("mirror")
        .AddCheck<EventStoreHealth>("eventStore");

    public static bool IsForHealth(this HttpContext context) => context.Request.Path.StartsWithSegments(Health);

    public static void MapPortalHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks($"{Health}/live", new() { Predicate = _ => false }).WithMetadata(new OpenToStrangersAttribute());
        app.MapHealthChecks($"{Health}/ready", new() { ResponseWriter = Write }).WithMetadata(new OpenToStrangersAttribute());
    }

    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Description ?? e.Value.Status.ToString()),
    });
}

internal sealed class ReadModelsHealth(ReadModels readModels, Outages outages) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        if (readModels.Trouble is { } trouble) return HealthCheckResult.Unhealthy($"They are stopped. {trouble.Title}.");
        if (!readModels.IsComplete) return HealthCheckResult.Unhealthy("They are being filled.");
        try
        {
            await readModels.Look(ct);
            await using var db = readModels.Open();
            var aside = await db.Set<SetAsideRow>().Select(r => r.EventId).Distinct().CountAsync(ct);
            return aside == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"Pages do not tell {Health.Events(aside)} that could not be taken in: see the page Set aside (/settings/set-aside).");
        }
        catch (Exception failure) when (outages.Is(failure))
        {
            return HealthCheckResult.Unhealthy("They cannot be read.");
        }
    }
}

internal sealed class ReactorsHealth(
    ReactorCheckpoints checkpoints, ReactorTroubles troubles, ErrorCodes codes, Outages outages) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            var (places, failures) = (await checkpoints.Read(ct), await troubles.Failures(ct));
            var (aside, _) = await troubles.SetAside(0, ct);
            var sentences = places.Select(p => Told(p.Key, p.Value, failures.GetValueOrDefault(p.Key))).ToList();
            if (aside > 0) sentences.Insert(0, $"{Health.Events(aside)} could not be acted on: see the page Set aside (/settings/set-aside).");
            var told = string.Join(' ', sentences);
            return aside > 0 || places.Values.Any(p => p.StandsStill)
                ? HealthCheckResult.Degraded(told)
                : HealthCheckResult.Healthy(told);
        }
        catch (Exception failure) when (outages.Is(failure))
        {
            return HealthCheckResult.Unhealthy("Their places cannot be read.");
        }
    }

    private string Told(string name, ReactorPlace place, ReactorFailureRow? failure)
    {
        var at = place.Done is { } done ? $"is at {done}" : "has not begun";
        if (failure is null) return $"{name} {at}.";
        var why = codes.Find(failure.Code)?.Title ?? failure.Code;
        return place.StandsStill
            ? $"{name} {at} and has been stopped since its failure of {failure.At:u}: {why}."
            : $"{name} {at}; it last failed {failure.At:u}: {why}.";
    }
}

internal sealed class WorkHealth(IDbContextFactory<VaultDb> vault, Outages outages) : IHealthCheck
{
    /// <summary>One or two failures are mostly a moment's.</summary>
    private const int Many = 3;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            await using var db = await vault.CreateDbContextAsync(ct);
            var failing = await db.Work.CountAsync(w => w.Failures >= Many, ct);
            return failing == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"Pieces of work that fail again and again: {failing}. They are tried again: see the page Set aside (/settings/set-aside) ({WorkCodes.KeepsFailing.Code}).");
        }
        catch (Exception failure) when (outages.Is(failure))
        {
            return HealthCheckResult.Unhealthy("What waits to be done cannot be read.");
        }
    }
}

internal static class Health
{
    public static string Events(int count) => count == 1 ? "1 event" : $"{count} events";
}

internal sealed class OwnerHealth(FirstStart start) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
        Task.FromResult(start.IsSettled
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The first owner is not in the log yet."));
}

internal sealed class VaultHealth(IDbContextFactory<VaultDb> vault, ReadModels readModels) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        if (readModels.IsGone)
            return HealthCheckResult.Unhealthy(
                $"It is gone, or is not the one that this portal began with. Read the portal's log before you restart it. {StorageCodes.FolderGone.Code}.");
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.Database.CanConnectAsync(ct)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("It cannot be opened.");
    }
}

/// <summary>Room where settings have files kept; what is on servers they look after themselves.</summary>
internal sealed class DiskHealth(StorageFolders folders, FolderLooks looks, Func<string, long>? free = null) : IHealthCheck
{
    private const long Little = 200 * Megabyte;
    private const long None = 10 * Megabyte;
    private const long Megabyte = 1_000_000;

    /// <summary>Pages are served without that one: see <see cref="MirrorHealth"/>.</summary>
    internal const string Mirror = "Mirror__Path";

    /// <summary>Goes on after the folder that is meant.</summary>
    internal const string Silent = "does not answer";

    private readonly Func<string, long> free = free ?? (folder => new DriveInfo(folder).AvailableFreeSpace);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
        Told(await Task.WhenAll(folders.All.Select(place => Look(place.Setting, place.Folder, ct))));

    private static HealthCheckResult Told(Place[] places)
    {
        var away = places.Where(place => place.Trouble is not null).ToList();
        if (away.Find(place => place.Setting != Mirror) is { } needed) return HealthCheckResult.Unhealthy(needed.Told);
        var least = places.Where(place => place.Trouble is null).MinBy(place => place.Left);
        List<string> told = [];
        if (least is { Left: < Little })
            told.Add(
                $"The disk of {least.Setting} is {(least.Left < None ? "full" : "almost full")}: "
                + $"{least.Left / Megabyte} MB are free.");
        told.AddRange(away.Select(place => place.Told));
        if (told.Count == 0) return HealthCheckResult.Healthy();
        var sentences = string.Join(' ', told);
        return least is { Left: < None } ? HealthCheckResult.Unhealthy(sentences) : HealthCheckResult.Degraded(sentences);
    }

    private async Task<Place> Look(string setting, string folder, CancellationToken ct)
    {
        try
        {
            return new(setting, await looks.At(folder, () => free(folder), ct), null);
        }
        catch (DriveNotFoundException)
        {
            return new(setting, 0, "is gone");
        }
        catch (TimeoutException)
        {
            return new(setting, 0, Silent);
        }
    }

    /// <param name="Left">Bytes; of no meaning where there is trouble.</param>
    /// <param name="Trouble">Goes on after the folder; null = it is there.</param>
    private sealed record Place(string Setting, long Left, string? Trouble)
    {
        public string Told => $"The folder of {Setting} {Trouble}.";
    }
}

/// <summary>
/// A folder that is not the mirror has room, and is of no use. This portal serves its pages without it. Runs wait, and no
/// other portal can do them: all share one mirror.
/// </summary>
internal sealed class MirrorHealth(IServiceProvider services, FolderLooks looks, Outages outages) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            return await looks.At("mirror", Look, ct);
        }
        catch (TimeoutException)
        {
            return Waits($"{DiskHealth.Silent}, or the database does not");
        }
        catch (FolderGoneException gone)
        {
            return Waits(gone.What);
        }
        catch (Exception failure) when (outages.Is(failure))
        {
            return HealthCheckResult.Unhealthy("Whether it is there cannot be told: the database does not answer.");
        }
    }

    private HealthCheckResult Look()
    {
        services.BeginMirror();
        return HealthCheckResult.Healthy();
    }

    private static HealthCheckResult Waits(string why) => HealthCheckResult.Degraded(
        $"Runs wait. The folder of {DiskHealth.Mirror} {why} ({StorageCodes.FolderGone.Code}).");
}

internal sealed class EventStoreHealth(LogReach log, CheckedLog appends, OlderLogs olderLogs, Outages outages, TimeProvider time)
    : IHealthCheck
{
    /// <summary>Where nothing is appended any more, nobody knows whether it would fail again.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            await log.Try(ct);
            if (appends.FailedAppend is { } failed && time.GetUtcNow() < failed.At + Lately)
                return HealthCheckResult.Degraded($"It can be read, but the last event could not be appended ({failed.At:u}): {failed.Why}");
            return await olderLogs.Find(ct) is { } found
                ? HealthCheckResult.Degraded(
                    $"{StorageCodes.OlderLog.Title}. {StorageCodes.OlderLog.Advice} Found {found.FoundAt:u}; the log then ended {found.EndedAt:u}. "
                    + "Told until an owner has dismissed it on the page Set aside (/settings/set-aside).")
                : HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not EventStoreUnavailableException && outages.Is(failure))
        {
            return HealthCheckResult.Unhealthy("The log answers; the database that tells whether it is an older one does not.");
        }
        catch (EventStoreUnavailableException unavailable)
        {
            return HealthCheckResult.Unhealthy(unavailable.Message);
        }
    }
}
