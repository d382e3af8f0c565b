using CountingKit.Adapters.Embedded;
using CountingKit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Benchmarks;

/// <summary>The log that is measured.</summary>
internal static class Stores
{
    public static string LogFile(this TempFolder folder) => folder["events.db"];

    public static IServiceCollection AddStore(this IServiceCollection services, TempFolder folder) =>
        services.AddEmbeddedEventStore(new EmbeddedEventStoreOptions(folder.LogFile()));
}
