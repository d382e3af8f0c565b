using CountingKit.Audit;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.History;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Spreadsheets;
using CountingKit.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CountingKit;

public static class CountingKitRegistration
{
    /// <summary>Every event that was ever stored, by its name.</summary>
    public static EventCatalog Events() => new EventCatalog()
        .AddWorkspaceEvents()
        .AddMirrorEvents()
        .AddConnectionEvents()
        .AddSpreadsheetEvents()
        .AddExporterEvents()
        .AddRunEvents()
        .AddScheduleEvents()
        .AddHistoryEvents();

    /// <summary>The product without a screen or a socket. Adapters and the portal add theirs.</summary>
    public static IServiceCollection AddCountingKit(this IServiceCollection services, WorkerOptions workers)
    {
        var assembly = typeof(CountingKitRegistration).Assembly;
        services.AddMessaging(assembly);
        services.AddEventSourcing(Events(), workers, assembly);
        services.AddConnections();
        services.AddAudit();
        services.AddSingleton<CallAttribution>().AddScoped<Sync>().AddScoped<RunRequests>()
            .AddScoped<PastRuns>().AddScoped<RunPairs>().AddScoped<ExportersOfConnection>().AddScoped<IConnectionExporters, ExportersOfConnection>();
        services.AddSingleton<ConnectedGoogleAccounts>().AddSingleton<GoogleSignInSignal>()
            .AddHostedService<GoogleUpkeep>();
        services.AddScoped<ExporterCosts>().AddScoped<ScheduleCosts>().AddScoped<IScheduledRuns, ScheduledRuns>()
            .AddSingleton<ScheduleFiring>().AddHostedService<ScheduleHost>();
        services.TryAddSingleton(new ScheduleOptions());
        services.AddSingleton<ErrorCodes>();
        services.AddSingleton<Memberships>();
        foreach (var codes in Codes()) services.AddSingleton(new ErrorCodeList(codes));
        return services;
    }

    private static IEnumerable<IReadOnlyList<ErrorCode>> Codes() =>
    [
        ConnectionCodes.All, XeroCodes.All, SpreadsheetCodes.All, GoogleSignInCodes.All, ExporterCodes.All, MirrorCodes.All, RunCodes.All,
        ScheduleCodes.All,
        HistoryCodes.All, FormCodes.All, RequestCodes.All, WorkspaceCodes.All, StorageCodes.All, WorkCodes.All,
    ];
}
