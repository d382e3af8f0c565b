using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>Who is signed in where. A session is a row of the vault, and over once that is gone.</summary>
public sealed class MemberSessions(VaultDb vault, SignInOutbox outbox, LiveSessions live, TimeProvider time)
{
    /// <summary>For one that ends with the browser.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromHours(12);

    /// <summary>For one that was asked to be kept.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromDays(30);

    private static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(5);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="isKept">Whether it outlives the browser.</param>
    /// <param name="browser">In words for a person.</param>
    public async Task<SessionRow> Start(
        Guid memberId, bool isKept, string browser, string? address, CancellationToken ct)
    {
        var now = Now;
        await vault.Sessions.Where(s => s.EndsAt < now).ExecuteDeleteAsync(ct);
        var session = new SessionRow
        {
            Id = Guid.CreateVersion7(),
            MemberId = memberId,
            StartedAt = now,
            SeenAt = now,
            EndsAt = now + (isKept ? Long : Short),
            Browser = browser,
            Address = address,
        };
        vault.Sessions.Add(session);
        await vault.SaveChangesAsync(ct);
        return session;
    }

    /// <summary>Whether the session goes on, under these credentials. Noted as used.</summary>
    public async Task<bool> IsOpen(Guid sessionId, Guid memberId, string? stamp, CancellationToken ct)
    {
        var now = Now;
        var found = await (
            from session in vault.Sessions
            join login in vault.Logins on session.MemberId equals login.Id
            where session.Id == sessionId && login.Id == memberId && session.EndsAt > now
            select new { login.SecurityStamp, session.SeenAt }).SingleOrDefaultAsync(ct);
        if (found?.SecurityStamp is null || found.SecurityStamp != stamp) return false;
        if (now - found.SeenAt > SeenAgain)
            await vault.Sessions.Where(s => s.Id == sessionId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), ct);
        return true;
    }

    /// <summary>The member's sessions, the last used first.</summary>
    public async Task<IReadOnlyList<SessionRow>> List(Guid memberId, CancellationToken ct)
    {
        var now = Now;
        return await vault.Sessions.AsNoTracking().Where(s => s.MemberId == memberId && s.EndsAt > now)
            .OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id).ToListAsync(ct);
    }

    /// <summary>Ends one session of the member or all, here at once, and tells the log. Twice is once.</summary>
    /// <param name="sessionId">Null = all.</param>
    public async Task End(Guid memberId, Guid? sessionId, string? address, CancellationToken ct)
    {
        await using (var transaction = await vault.Database.BeginTransactionAsync(ct))
        {
            var gone = await vault.Sessions
                .Where(s => s.MemberId == memberId && (sessionId == null || s.Id == sessionId)).ExecuteDeleteAsync(ct);
            if (gone == 0) return;
            await outbox.Add(
                vault, memberId, new MemberSignedOut(memberId, sessionId is null ? true : null), address, ct);
            await vault.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        live.End(memberId, sessionId);
    }
}
