using CountingKit.Adapters.Mirror;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Schedules;

namespace CountingKit.Web.Hosting;

/// <summary>Where the installation keeps what it keeps. Relative paths count from the content root.</summary>
/// <param name="EventStore"><c>sqlite:…</c>, <c>esdb://…</c>, <c>kurrentdb://…</c></param>
/// <param name="Database">The vault and the read models: <c>sqlite:folder</c> or <c>Host=…</c></param>
/// <param name="Mirror">Segments and snapshots, and what DuckDB may take.</param>
/// <param name="Keys">The folder of the Data Protection keys.</param>
/// <param name="KeysCertificate">The file of the certificate that wraps them; null = none does.</param>
internal sealed record StorageOptions(
    string EventStore, string Database, MirrorOptions Mirror, string Keys, string? KeysCertificate)
{
    /// <summary>The kind of log that <see cref="EventStore"/> names.</summary>
    public LogKind Log =>
        EventStore.StartsWith("sqlite:", StringComparison.Ordinal) ? LogKind.Embedded : LogKind.EventStoreDb;
}

/// <summary>All settings that the portal itself reads; adapters read their own.</summary>
internal sealed record PortalSettings(
    PortalOptions Portal, StorageOptions Storage, WorkerOptions Workers, ScheduleOptions Schedules)
{
    /// <exception cref="SettingException">A setting is wrong or half given.</exception>
    public static PortalSettings Read(IConfiguration configuration) => new(
        PortalOptions.Read(configuration),
        new StorageOptions(
            Place(configuration, "EventStore:ConnectionString") ?? "sqlite:data/events.db",
            Place(configuration, "Database:ConnectionString") ?? "sqlite:data",
            new MirrorOptions(
                configuration.Text("Mirror:Path") ?? "data/mirror", configuration.Text("Mirror:MemoryLimit") ?? "128 MB"),
            configuration.Text("Keys:Path") ?? "keys",
            configuration.Text("Keys:Certificate")),
        new WorkerOptions(configuration.WholeNumber("Worker:Concurrency", 1, 64, 2)),
        new ScheduleOptions(configuration.YesOrNo("Schedules:Paused") ?? false));

    /// <summary>Of <c>sqlite:</c> without a path the content root itself would be made the place.</summary>
    private static string? Place(IConfiguration configuration, string key) => configuration.Text(key) is not "sqlite:"
        ? configuration.Text(key)
        : throw new SettingException(SettingReader.Environment(key), "names no path behind sqlite:.");
}
