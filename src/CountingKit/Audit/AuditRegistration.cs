using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Audit;

internal static class AuditRegistration
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditPeople>();
        services.AddSingleton<AuditReading>();
    }
}
