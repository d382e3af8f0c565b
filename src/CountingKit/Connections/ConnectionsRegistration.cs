using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Connections;

internal static class ConnectionsRegistration
{
    public static IServiceCollection AddConnections(this IServiceCollection services) => services
        .AddScoped<ConnectionCheck>()
        .AddScoped<SignInNews>()
        .AddSingleton<XeroQuestions>()
        .AddSingleton<ConnectionFacts>()
        .AddHostedService<ConnectionUpkeep>();
}
