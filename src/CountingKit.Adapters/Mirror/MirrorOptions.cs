using System.ComponentModel.DataAnnotations;

namespace CountingKit.Adapters.Mirror;

/// <param name="Path">
/// The folder of segments and snapshots (<c>Mirror__Path</c>), absolute. It may be shared by several nodes.
/// </param>
/// <param name="MemoryLimit">What DuckDB may take (<c>Mirror__MemoryLimit</c>): a whole number and MB or GB.</param>
public sealed record MirrorOptions(
    [property: Required] string Path,
    [property: Required, RegularExpression("^[1-9][0-9]{0,5} ?(MB|GB)$")] string MemoryLimit = "128 MB");
