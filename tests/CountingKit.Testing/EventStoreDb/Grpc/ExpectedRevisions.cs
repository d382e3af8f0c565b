using CountingKit.Testing.EventStoreDb.Log;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>The choice that appends and deletions share, laid out alike in three messages.</summary>
internal static class ExpectedRevisions
{
    /// <param name="field">The number of the field that is set, 0 for none.</param>
    /// <exception cref="global::Grpc.Core.RpcException">None is.</exception>
    public static Expected Of(int field, ulong revision) => field switch
    {
        2 => new(ExpectedKind.Revision, (long)Math.Min(revision, long.MaxValue)),
        3 => new(ExpectedKind.NoStream),
        4 => new(ExpectedKind.Any),
        5 => new(ExpectedKind.StreamExists),
        _ => throw Refusals.Invalid("None"),
    };
}
