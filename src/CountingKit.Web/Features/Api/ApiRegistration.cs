namespace CountingKit.Web.Features.Api;

internal static class ApiRegistration
{
    /// <param name="licenseKey">Setting <c>AutoMapper__LicenseKey</c>; null = none.</param>
    public static IServiceCollection AddApi(this IServiceCollection services, string? licenseKey) =>
        services.AddAutoMapper(mapper =>
        {
            if (licenseKey is not null) mapper.LicenseKey = licenseKey;
            mapper.AddProfile<ApiProfile>();
        });
}
