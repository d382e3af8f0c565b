using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace CountingKit.Vault;

/// <summary>
/// What a vendor still lets us ask of one organization, as all portals on this vault know it together. Read, changed and
/// written whole, at the version that was read.
/// </summary>
public sealed class CallBudgetRow
{
    /// <summary>Xero's organization; all zeros = our app, for all organizations together.</summary>
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None)]
    public Guid TenantId { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }

    /// <summary>JSON. Its times are the database's.</summary>
    public required string State { get; set; }
}
