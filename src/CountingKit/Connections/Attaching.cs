using CountingKit.EventSourcing;

namespace CountingKit.Connections;

internal static class Attaching
{
    /// <summary>
    /// Has a connection read this organization through the sign-in. From here on nobody who leaves cancels anything: the
    /// vault holds it, so the log must know of it.
    /// </summary>
    /// <exception cref="RefusedException">The sign-in did not cover it, or was answered too long ago.</exception>
    public static async Task AttachOrRefuse(
        this IXeroSignIn signIn, Guid signInId, Guid connectionId, Guid tenantId)
    {
        try
        {
            await signIn.Attach(signInId, connectionId, tenantId, CancellationToken.None);
        }
        catch (XeroSignInException cannot)
        {
            throw new RefusedException(cannot.Problem.Code, cannot.Message);
        }
    }
}
