using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CountingKit.EventSourcing;

/// <summary>A row of a read model. Its type is the table; a projection fills it, queries read it, nothing else does.</summary>
public interface IReadRow;

/// <summary>
/// The read models: a cache of the log, never migrated. A change to any row or projection raises <see cref="Version"/>,
/// and the application fills a fresh database named after it.
/// </summary>
/// <remarks>
/// A projection finds rows by key, changes them, adds and removes; while it does, they come from and go to a
/// <see cref="RowCache"/> rather than EF's change tracker, which makes thousands of events a second out of hundreds.
/// </remarks>
public sealed class ReadDb(DbContextOptions<ReadDb> options) : DbContext(options)
{
    /// <summary>Names the database. A test of the create script tells when it must rise.</summary>
    public const int Version = 12;

    private RowCache? projecting;
    private Dictionary<Type, RowTable> tables = [];
    private Func<Task> whenWritten = () => Task.CompletedTask;

    public override DbSet<TEntity> Set<TEntity>() => projecting is null
        ? base.Set<TEntity>()
        : throw new InvalidOperationException("A projection finds rows by key: the others of its batch are not written yet.");

    public override async ValueTask<TEntity?> FindAsync<TEntity>(object?[]? keyValues, CancellationToken cancellationToken)
        where TEntity : class
    {
        if (projecting is null) return await base.Set<TEntity>().FindAsync(keyValues, cancellationToken);

        var table = tables[typeof(TEntity)];
        var entry = projecting.Look(typeof(TEntity), table.KeyOf(keyValues!));
        if (!entry.IsKnown)
        {
            await whenWritten();
            var row = await base.Set<TEntity>().FindAsync(keyValues, cancellationToken);
            entry.Load(row, row is null ? null : table.Values(row));
        }

        return (TEntity?)entry.Row;
    }

    public override EntityEntry<TEntity> Add<TEntity>(TEntity entity)
    {
        if (projecting is null) return base.Add(entity);
        projecting.Add(typeof(TEntity), tables[typeof(TEntity)].KeyOf(entity), entity);
        return Entry(entity);
    }

    public override EntityEntry<TEntity> Remove<TEntity>(TEntity entity)
    {
        if (projecting is null) return base.Remove(entity);
        var table = tables[typeof(TEntity)];
        projecting.Remove(typeof(TEntity), table.KeyOf(entity), table.Values(entity));
        return Entry(entity);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        projecting is null
            ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : throw new InvalidOperationException("A projection never saves: the runner does.");

    internal IQueryable<ReadCheckpointRow> Checkpoint => base.Set<ReadCheckpointRow>();

    internal Dictionary<Type, RowTable> Tables => tables;

    /// <summary>From now on what projections find, add and remove goes through the cache.</summary>
    /// <param name="whenWritten">Rows that the cache does not have are in the database once this is over.</param>
    internal void Project(RowCache rows, Func<Task> whenWritten)
    {
        ChangeTracker.AutoDetectChangesEnabled = false;
        (projecting, tables, this.whenWritten) = (rows, RowTable.Of(this), whenWritten);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration) =>
        configuration.Properties<DateTime>().HaveConversion<UtcConverter>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        foreach (var row in typeof(ReadDb).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IReadRow)))
            .OrderBy(t => t.Name, StringComparer.Ordinal))
            model.Entity(row).ToTable(row.Name);
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value.ToUniversalTime(), value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>Up to where the rows tell the log. Moves in the transaction of the rows, and only from where its writer left it.</summary>
public sealed class ReadCheckpointRow : IReadRow
{
    /// <summary>Always 1: all projections of a database move together.</summary>
    [Key]
    public int Id { get; set; }

    /// <summary>Which filling of the tables this is: a rebuild has another one.</summary>
    public Guid Build { get; set; }

    /// <summary>Null = the log was empty.</summary>
    [MaxLength(50)]
    public string? Position { get; set; }

    /// <summary>The event at that position: in another log another one stands there. Null = the log was empty.</summary>
    public Guid? EventId { get; set; }

    /// <summary>Set once the log's end was reached for the first time.</summary>
    public bool IsComplete { get; set; }

    internal Position? At() => Position is null ? null : EventSourcing.Position.Parse(Position);
}
