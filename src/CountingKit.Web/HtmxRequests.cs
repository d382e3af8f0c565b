using Htmx;

namespace CountingKit.Web;

internal static class HtmxRequests
{
    /// <summary>What stands on a page sent it, and a part of that page takes the answer.</summary>
    public static bool IsOfAPage(this HttpRequest request) => request.IsHtmx() && !request.IsHtmxHistoryRestoreRequest();

    /// <summary>A boosted link and a history restore come from htmx but need the whole page.</summary>
    public static bool WantsFragment(this HttpRequest request) =>
        request.IsHtmxNonBoosted() && !request.IsHtmxHistoryRestoreRequest();
}
