using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Vault;

/// <summary>The last position that a reactor finished.</summary>
public sealed class CheckpointRow
{
    [Key, MaxLength(100)]
    public required string Reactor { get; set; }

    /// <summary>Moves only from where its writer left it.</summary>
    [MaxLength(50), ConcurrencyCheck]
    public required string Position { get; set; }

    /// <summary>The end of what the reactor appended so far: pages wait for it; null = nothing.</summary>
    [MaxLength(50)]
    public string? FollowUp { get; set; }
}

/// <summary>How a reactor failed last, also when that is over.</summary>
public sealed class ReactorFailureRow
{
    [Key, MaxLength(100)]
    public required string Reactor { get; set; }

    /// <summary>Of the registry of codes.</summary>
    [MaxLength(40)]
    public required string Code { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>In a row until now; 0 = it goes on again.</summary>
    public int Failures { get; set; }
}

/// <summary>An event that a reactor could not act on. It stays until a further try succeeds.</summary>
[PrimaryKey(nameof(Reactor), nameof(EventId))]
public sealed class ReactorSetAsideRow
{
    [MaxLength(100)]
    public required string Reactor { get; set; }

    public Guid EventId { get; set; }

    public required string Stream { get; set; }

    public long Revision { get; set; }

    /// <summary>The stored name; foreign text where another program wrote it.</summary>
    public required string EventType { get; set; }

    /// <summary>UTC: when the event happened.</summary>
    public DateTime At { get; set; }

    /// <summary>Of the registry of codes.</summary>
    [MaxLength(40)]
    public required string Code { get; set; }

    /// <summary>Whichever process reacts is to try it once more.</summary>
    public bool TryAgain { get; set; }
}
