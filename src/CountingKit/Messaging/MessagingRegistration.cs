using System.Reflection;
using CountingKit.EventSourcing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Messaging;

public static class MessagingRegistration
{
    /// <summary>MediatR by hand: 5.1 has no registration of its own. First behavior is outermost.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services, params Assembly[] assemblies)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthorizationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(NumberingBehavior<,>));
        services.AddScoped<CurrentRequester>();
        services.AddScoped<Ownership>();
        services.AddSingleton<CommandNumbers>();
        foreach (var type in assemblies.SelectMany(a => a.DefinedTypes).Where(IsConcrete))
            foreach (var contract in type.ImplementedInterfaces.Where(IsHandler))
                services.AddTransient(contract, type);
        return services;
    }

    /// <summary>Every projection, reactor and worker of an assembly, and what runs them.</summary>
    public static IServiceCollection AddEventSourcing(
        this IServiceCollection services, EventCatalog catalog, WorkerOptions workers, params Assembly[] assemblies)
    {
        services.AddSingleton(catalog).AddSingleton(workers).AddSingleton(NodeName.New());
        services.AddSingleton<ReadModels>().AddSingleton<ReactorCheckpoints>().AddSingleton<ReactorTroubles>().AddSingleton<Rebuilds>()
            .AddSingleton<OlderLogs>();
        services.AddSingleton<Leases>().AddSingleton<WorkSignal>().AddSingleton<WorkLanes>();
        services.AddScoped<CurrentCommand>().AddScoped<Streams>();
        foreach (var type in assemblies.SelectMany(a => a.DefinedTypes).Where(IsConcrete))
        {
            if (type.IsAssignableTo(typeof(IProjection))) services.AddSingleton(typeof(IProjection), type);
            if (type.IsAssignableTo(typeof(IReactor))) services.AddScoped(typeof(IReactor), type);
            if (type.IsAssignableTo(typeof(IWorker))) services.AddScoped(typeof(IWorker), type);
        }

        services.AddSingleton<ProjectionRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<ProjectionRunner>());
        services.AddHostedService<ReactorRunner>();
        services.AddHostedService<WorkHost>();
        return services;
    }

    private static bool IsConcrete(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false };

    private static bool IsHandler(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}
