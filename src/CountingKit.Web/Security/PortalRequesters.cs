using System.Security.Claims;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Workspaces;

namespace CountingKit.Web.Security;

/// <summary>Who asks: the member of the cookie or the API key, with the role that the workspace gives now.</summary>
internal sealed class PortalRequesters(IHttpContextAccessor http, Memberships memberships) : IRequesterSource
{
    /// <summary>Claim of the API key that was used; absent with a cookie.</summary>
    public const string ApiKeyClaim = "ck:api-key";

    /// <summary>Claim of the one workspace that the API key is for.</summary>
    public const string WorkspaceClaim = "ck:workspace";

    private Task<Requester?>? known;

    public Task<Requester?> Current(CancellationToken ct) => known ??= Find(ct);

    private async Task<Requester?> Find(CancellationToken ct)
    {
        if (http.HttpContext is not { User: { Identity.IsAuthenticated: true } user } context) return null;
        if (IdOf(user, ClaimTypes.NameIdentifier) is not { } memberId) return null;

        var membership = await memberships.Find(memberId, IdOf(user, WorkspaceClaim), ct);
        if (membership is not var (workspaceId, member)) return null;
        var actor = IdOf(user, ApiKeyClaim) is { } keyId ? Actor.ApiKey(keyId, memberId) : Actor.Member(memberId);
        return new(
            memberId, actor, workspaceId, member.Role, member.Connections, context.Connection.RemoteIpAddress?.ToString());
    }

    private static Guid? IdOf(ClaimsPrincipal user, string claim) =>
        Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;
}
