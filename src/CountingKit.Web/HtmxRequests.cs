using Htmx;

namespace CountingKit.Web;

internal static class HtmxRequests
{
    /// <summary>A boosted link and a history restore come from htmx but need the whole page.</summary>
    public static bool WantsFragment(this HttpRequest request) =>
        request.IsHtmxNonBoosted() && !request.IsHtmxHistoryRestoreRequest();
}
