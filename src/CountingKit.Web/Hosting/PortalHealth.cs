using CountingKit.EventSourcing;
using CountingKit.Vault;
using CountingKit.Web.Features.Errors;
using CountingKit.Web.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CountingKit.Web.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: what pages stand on is there and moving.</summary>
internal static class PortalHealth
{
    public static void AddPortalHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<ReadModelsHealth>("readModels")
        .AddCheck<OwnerHealth>("owner")
        .AddCheck<VaultHealth>("vault")
        .AddCheck<ProxyHealth>("proxy")
        .AddCheck<EventStoreHealth>("eventStore", timeout: TimeSpan.FromSeconds(5));

    public static void MapPortalHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).WithMetadata(new OpenToStrangersAttribute());
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = Write }).WithMetadata(new OpenToStrangersAttribute());
    }

    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Description ?? e.Value.Status.ToString()),
    });
}

internal sealed class ReadModelsHealth(ReadModels readModels) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        if (readModels.Trouble is { } trouble) return HealthCheckResult.Unhealthy($"They stand still: {trouble}");
        if (!readModels.IsComplete) return HealthCheckResult.Unhealthy("They are being filled.");
        try
        {
            await readModels.Look(ct);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (Outage.Of(failure) is not null)
        {
            return HealthCheckResult.Unhealthy("They cannot be read.");
        }
    }
}

internal sealed class OwnerHealth(FirstStart start) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
        Task.FromResult(start.IsSettled
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The first owner is not in the log yet."));
}

internal sealed class VaultHealth(IDbContextFactory<VaultDb> vault) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.Database.CanConnectAsync(ct)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("It cannot be opened.");
    }
}

internal sealed class EventStoreHealth(IEventStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            await foreach (var _ in store.ReadAll(ReadDirection.Backwards, null, 1, ct)) break;
            return HealthCheckResult.Healthy();
        }
        catch (EventStoreUnavailableException unavailable)
        {
            return HealthCheckResult.Unhealthy(unavailable.Message);
        }
    }
}
