using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CountingKit.EventSourcing;

/// <summary>A row of a read model. Its type is the table; a projection fills it, queries read it, nothing else does.</summary>
public interface IReadRow;

/// <summary>
/// The read models: a cache of the log, never migrated. A change to any row or projection raises <see cref="Version"/>,
/// and the application fills a fresh database named after it.
/// </summary>
public sealed class ReadDb(DbContextOptions<ReadDb> options) : DbContext(options)
{
    /// <summary>Names the database. A test of the create script tells when it must rise.</summary>
    public const int Version = 17;

    internal IQueryable<ReadCheckpointRow> Checkpoint => Set<ReadCheckpointRow>();

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
