using CountingKit.EventSourcing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CountingKit.Adapters.Embedded;

public static class EmbeddedEventStoreRegistration
{
    /// <summary>Makes the SQLite file the log: one <see cref="IEventStore"/> for the process.</summary>
    /// <param name="connectionString"><c>sqlite:path</c>.</param>
    /// <param name="root">Where a relative path counts from.</param>
    /// <exception cref="FormatException">The connection string is another one.</exception>
    public static IServiceCollection AddEmbeddedEventStore(
        this IServiceCollection services, string connectionString, string root) =>
        services.AddEmbeddedEventStore(EmbeddedEventStoreOptions.Parse(connectionString, root));

    public static IServiceCollection AddEmbeddedEventStore(
        this IServiceCollection services, EmbeddedEventStoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IEventStore>(
            provider => new EmbeddedEventStore(options, provider.GetRequiredService<TimeProvider>()));
    }
}
