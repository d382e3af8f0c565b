using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Ids that we choose from the run, so that a batch cannot be carried out twice: Google refuses an id that exists.
/// </summary>
internal static class ChosenIds
{
    public static int Tab(Guid exporterId, Guid runId, IEnumerable<int> taken) =>
        Free($"tab {exporterId:N} {runId:N}", taken);

    public static int Staging(Guid exporterId, Guid runId, IEnumerable<int> taken) =>
        Free($"staging {exporterId:N} {runId:N}", taken);

    public static int Stamp(Guid exporterId, Guid runId, IEnumerable<int> taken) =>
        Free($"stamp {exporterId:N} {runId:N}", taken);

    /// <summary>A positive 31-bit number; the next one from the same seed where it is taken.</summary>
    private static int Free(string seed, IEnumerable<int> taken)
    {
        var others = taken.ToHashSet();
        for (var n = 0; ; n++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {n}"));
            var id = (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) & int.MaxValue);
            if (id > 0 && others.Add(id)) return id;
        }
    }
}
