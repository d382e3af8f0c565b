using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>
/// An event that the rows of one projection do not tell, because it could not take it in. It stands beside the rows, so that
/// a rebuild, which tries every event anew, also finds anew what is to be set aside.
/// </summary>
[PrimaryKey(nameof(Projection), nameof(EventId))]
public sealed class SetAsideRow : IReadRow
{
    /// <summary>An event that could not even be read is set aside for all of them at once.</summary>
    public const string AllProjections = "";

    /// <summary>See <see cref="IProjection.Name"/>.</summary>
    [MaxLength(100)]
    public required string Projection { get; set; }

    public Guid EventId { get; set; }

    public required string Stream { get; set; }

    public long Revision { get; set; }

    /// <summary>The stored name; foreign text where another program wrote it.</summary>
    public required string EventType { get; set; }

    /// <summary>UTC: when the event happened.</summary>
    public DateTime At { get; set; }

    /// <summary>Of <see cref="StorageCodes"/>.</summary>
    [MaxLength(40)]
    public required string Code { get; set; }

    internal static SetAsideRow Of(StoredEvent stored, string projection, string code) => new()
    {
        Projection = projection,
        EventId = stored.Id,
        Stream = stored.Stream,
        Revision = (long)stored.Revision,
        EventType = stored.Type,
        At = stored.Created.UtcDateTime,
        Code = code,
    };
}
