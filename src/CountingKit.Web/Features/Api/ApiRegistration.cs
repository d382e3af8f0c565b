namespace CountingKit.Web.Features.Api;

internal static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.AddAutoMapper(mapper => mapper.AddProfile<ApiProfile>());
}
