using CountingKit.EventSourcing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CountingKit.Adapters.EventStoreDb;

public static class EventStoreDbRegistration
{
    /// <summary>Makes an EventStoreDB the log. Whether it is there is not asked here: it may come later.</summary>
    /// <param name="connectionString"><c>esdb://[user:password@]host[:port][,…][?key=value&amp;…]</c></param>
    /// <param name="root">Where a relative path in it counts from.</param>
    /// <exception cref="FormatException">The connection string is wrong, or a file that it names cannot be used.</exception>
    public static IServiceCollection AddEventStoreDb(
        this IServiceCollection services, string connectionString, string root) =>
        services.AddEventStoreDb(EventStoreDbOptions.Parse(connectionString, root));

    public static IServiceCollection AddEventStoreDb(this IServiceCollection services, EventStoreDbOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IEventStore>(provider => new EventStoreDbEventStore(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventStoreDbEventStore>>()));
    }
}
