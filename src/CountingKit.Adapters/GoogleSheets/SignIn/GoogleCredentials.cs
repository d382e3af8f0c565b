using System.Linq.Expressions;
using System.Text;
using CountingKit.Spreadsheets;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The vault's rows of Google sign-ins: what is kept, whose it is, and what became of it.</summary>
internal sealed class GoogleCredentials(
    IDbContextFactory<VaultDb> vault, ISecretBox box, GoogleSignInSignal news, TimeProvider time)
{
    public const string OAuthKind = "oauth";
    public const string ServiceAccountKind = "service-account";

    /// <summary>Google tells the same end anew with each answer, a little differently; some end a little early.</summary>
    public static readonly TimeSpan OfAnEnd = TimeSpan.FromHours(1);

    public async Task<GoogleCredentialRow?> Load(Guid accountId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.GoogleCredentials.AsNoTracking().FirstOrDefaultAsync(c => c.AccountId == accountId, ct);
    }

    public byte[] Seal(string kind, string secret) => box.Seal(Purpose(kind), Encoding.UTF8.GetBytes(secret));

    /// <returns>Null = the keys that it was sealed with are missing.</returns>
    public string? TryOpen(GoogleCredentialRow row)
    {
        try
        {
            return Encoding.UTF8.GetString(box.Open(Purpose(row.Kind), row.Secret));
        }
        catch (KeysMissingException)
        {
            return null;
        }
    }

    /// <summary>Two answers for one account at the same moment: the later one stays.</summary>
    public async Task Keep(GoogleCredentialRow row, CancellationToken ct)
    {
        try
        {
            await Put(row, ct);
        }
        catch (DbUpdateException)
        {
            await Put(row, ct);
        }
    }

    public async Task Delete(Guid accountId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.GoogleCredentials.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(ct);
    }

    public async Task<IReadOnlyList<Guid>> KeptBefore(DateTime before, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.GoogleCredentials.Where(c => c.ConnectedAt < before).Select(c => c.AccountId).ToListAsync(ct);
    }

    /// <summary>
    /// Google ends all that a person granted us at once, so not while another living account of ours stands on it. Of whom
    /// nobody knows who it is, any may be theirs.
    /// </summary>
    public async Task<bool> IsShared(string subject, Guid? except, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.GoogleCredentials.AnyAsync(
            c => c.AccountId != except && c.Kind == OAuthKind && c.DiedAt == null
                && (subject == "" || c.Subject == subject), ct);
    }

    /// <returns>The one of these accounts that is this person's at Google; null = none.</returns>
    public Task<Guid?> FindPerson(string subject, IReadOnlyList<Guid> among, CancellationToken ct) =>
        Find(c => c.Kind == OAuthKind && c.Subject == subject, among, ct);

    /// <param name="email">As Google has proven it: it took a claim signed in this name.</param>
    public Task<Guid?> FindServiceAccount(string email, IReadOnlyList<Guid> among, CancellationToken ct) =>
        Find(c => c.Kind == ServiceAccountKind && c.Email == email, among, ct);

    /// <summary>
    /// What Google's answer says of the sign-in, where that is news. The ciphertext stays; a consent that came meanwhile
    /// (another version) is not touched.
    /// </summary>
    /// <param name="death">Why Google does not take it any more; null = it took it.</param>
    public async Task Note(GoogleCredentialRow row, string? death, DateTime? endsAt, CancellationToken ct)
    {
        var isSameEnd = row.EndsAt == endsAt || (row.EndsAt - endsAt)?.Duration() < OfAnEnd;
        if (row.DeathCode == death && row.DiedAt is null == death is null && isSameEnd) return;
        DateTime? diedAt = death is null ? null : row.DiedAt ?? time.GetUtcNow().UtcDateTime;
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.GoogleCredentials
            .Where(c => c.AccountId == row.AccountId && c.Version == row.Version)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.DiedAt, diedAt)
                .SetProperty(c => c.DeathCode, death)
                .SetProperty(c => c.EndsAt, endsAt), ct);
        news.Raise();
    }

    private async Task<Guid?> Find(
        Expression<Func<GoogleCredentialRow, bool>> isIt, IReadOnlyList<Guid> among, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.GoogleCredentials.Where(isIt).Where(c => among.Contains(c.AccountId))
            .OrderBy(c => c.ConnectedAt).Select(c => (Guid?)c.AccountId).FirstOrDefaultAsync(ct);
    }

    private async Task Put(GoogleCredentialRow row, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var before = await db.GoogleCredentials.AsNoTracking()
            .FirstOrDefaultAsync(c => c.AccountId == row.AccountId, ct);
        row.ConnectedAt = time.GetUtcNow().UtcDateTime;
        row.Version = before is null ? 0 : before.Version + 1;
        var entry = db.Entry(row);
        entry.State = before is null ? EntityState.Added : EntityState.Modified;
        if (before is not null) entry.Property(c => c.Version).OriginalValue = before.Version;
        await db.SaveChangesAsync(ct);
    }

    private static string Purpose(string kind) => $"google-{kind}";
}
