namespace CountingKit.Web.Security;

internal static class ApiRequests
{
    /// <summary>The JSON API: keys instead of sign-ins, Problem Details instead of pages.</summary>
    public static bool IsApi(this HttpRequest request) => IsApi(request.Path);

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api");
}
