using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CountingKit.Vault;

/// <summary>
/// What must not be lost but holds no history: encrypted sign-ins, people's names, credentials, API keys, work, leases,
/// the call log, checkpoints of reactors. Has migrations, one set per provider. Times are UTC.
/// </summary>
public abstract class VaultDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<WorkRow> Work => Set<WorkRow>();

    public DbSet<OccurrenceRow> Occurrences => Set<OccurrenceRow>();

    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    public DbSet<CheckpointRow> Checkpoints => Set<CheckpointRow>();

    public DbSet<ReactorFailureRow> ReactorFailures => Set<ReactorFailureRow>();

    public DbSet<ReactorSetAsideRow> ReactorSetAsides => Set<ReactorSetAsideRow>();

    public DbSet<RebuildRow> Rebuilds => Set<RebuildRow>();

    public DbSet<SourceStateRow> SourceStates => Set<SourceStateRow>();

    public DbSet<PeriodReadRow> PeriodReads => Set<PeriodReadRow>();

    public DbSet<CallRow> Calls => Set<CallRow>();

    public DbSet<CallBudgetRow> CallBudgets => Set<CallBudgetRow>();

    public DbSet<XeroGrantRow> XeroGrants => Set<XeroGrantRow>();

    public DbSet<XeroTenantRow> XeroTenants => Set<XeroTenantRow>();

    public DbSet<GoogleCredentialRow> GoogleCredentials => Set<GoogleCredentialRow>();

    public DbSet<PendingSignInRow> PendingSignIns => Set<PendingSignInRow>();

    public DbSet<MemberLogin> Logins => Set<MemberLogin>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<KnownBrowserRow> KnownBrowsers => Set<KnownBrowserRow>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<AccessRow> Access => Set<AccessRow>();

    public DbSet<CommandNumberRow> CommandNumbers => Set<CommandNumberRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    /// <summary>
    /// This moment by the database's own clock, UTC: what every portal on it agrees on, however wrong their clocks are.
    /// </summary>
    public async Task<DateTime> Now(CancellationToken ct) =>
        DateTime.SpecifyKind(await Clock().SingleAsync(ct), DateTimeKind.Utc);

    /// <summary>Asks the database for its time in UTC.</summary>
    protected abstract IQueryable<DateTime> Clock();

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration) =>
        configuration.Properties<DateTime>().HaveConversion<UtcConverter>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<MemberLogin>(login =>
        {
            login.HasIndex(l => l.NormalizedUserName).IsUnique();
            login.HasIndex(l => l.NormalizedEmail);
            login.Property(l => l.ConcurrencyStamp).IsConcurrencyToken();
        });
        model.Entity<IdentityUserClaim<Guid>>();
        model.Entity<IdentityUserLogin<Guid>>().HasKey(l => new { l.LoginProvider, l.ProviderKey });
        model.Entity<IdentityUserToken<Guid>>().HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value.ToUniversalTime(), value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
