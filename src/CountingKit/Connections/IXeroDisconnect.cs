using CountingKit.Mirror;

namespace CountingKit.Connections;

/// <summary>
/// The steps that destroy a connection's sign-in, in order. Each may be repeated after a crash, and finds what is left
/// to do; the worker logs each before it takes it.
/// </summary>
public interface IXeroDisconnect
{
    /// <summary>1. Xero forgets the connection. Gone already, or a dead sign-in: done.</summary>
    /// <exception cref="SourceException">Xero can't be reached or our settings are wrong: to be repeated.</exception>
    Task RemoveAtXero(Guid connectionId, CancellationToken ct);

    /// <summary>2. Where nothing else uses the sign-in: revoked at Xero, and its tokens deleted here.</summary>
    /// <returns>Whether nothing of the sign-in is left.</returns>
    /// <exception cref="SourceException">As in step 1.</exception>
    Task<bool> RevokeIfUnused(Guid connectionId, CancellationToken ct);

    /// <summary>3. The connection reads no organization any more.</summary>
    Task Forget(Guid connectionId, CancellationToken ct);
}

/// <summary>What has to be done now and then so that sign-ins neither die nor linger.</summary>
public interface IXeroUpkeep
{
    /// <summary>
    /// Renews each sign-in that was not renewed for a week. One that has come to hold permission to change data is not renewed
    /// but ended: at Xero, and here.
    /// </summary>
    /// <returns>Those that could not be renewed, which are tried again next time, and those that were ended.</returns>
    Task<IReadOnlyList<XeroRenewalFailure>> RefreshIdle(CancellationToken ct);

    /// <summary>
    /// Ends what was granted more than 15 minutes ago and never became a connection: at Xero, and here.
    /// </summary>
    /// <param name="isConnected">Whether the log knows this connection.</param>
    /// <returns>How many organizations and sign-ins were let go.</returns>
    Task<int> SweepOrphans(Func<Guid, CancellationToken, Task<bool>> isConnected, CancellationToken ct);
}

/// <param name="DiesAt">UTC, 60 days after it was last renewed; one that was ended is dead now.</param>
public sealed record XeroRenewalFailure(
    Guid XeroUserId, IReadOnlyList<Guid> ConnectionIds, DateTime DiesAt, SourceProblem Problem, string Code);
