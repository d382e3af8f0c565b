using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace CountingKit.Adapters.Mirror;

/// <param name="Path">
/// The folder of segments and snapshots (<c>Mirror__Path</c>), absolute. It may be shared by several nodes.
/// </param>
/// <param name="MemoryLimit">What DuckDB may take (<c>Mirror__MemoryLimit</c>): a whole number and MB or GB.</param>
public sealed record MirrorOptions(
    [property: Required(ErrorMessage = "is missing.")] string Path,
    [property: Required, RegularExpression(
        "^[1-9][0-9]{0,5} ?(MB|GB)$", ErrorMessage = "must be a whole number of MB or GB, such as 128 MB.")]
    string MemoryLimit = "128 MB")
{
    /// <summary><see cref="MemoryLimit"/> in bytes.</summary>
    internal long MemoryBytes =>
        long.Parse(MemoryLimit.AsSpan()[..^2].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture)
        * (MemoryLimit.EndsWith("GB", StringComparison.Ordinal) ? 1_000_000_000 : 1_000_000);
}
