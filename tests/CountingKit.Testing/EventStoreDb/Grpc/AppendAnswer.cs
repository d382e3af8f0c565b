using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>What came of an append, on the wire. A conflict is an answer like any other.</summary>
internal static class AppendAnswer
{
    /// <exception cref="global::Grpc.Core.RpcException">The stream is deleted.</exception>
    public static AppendResp Of(Append append, WriteResult result) => result switch
    {
        WriteResult.Written written => new() { Success = Success(written) },
        WriteResult.WrongVersion wrong => new() { WrongExpectedVersion = Wrong(append.Expected, wrong.Current) },
        _ => throw Refusals.StreamDeleted(append.Stream),
    };

    private static AppendResp.Types.Success Success(WriteResult.Written written)
    {
        var success = new AppendResp.Types.Success();
        if (written.Revision < 0) success.NoStream = new();
        else success.CurrentRevision = (ulong)written.Revision;
        if (written.Position is { } position) success.Position = Wire.Position(position);
        else success.NoPosition = new();
        return success;
    }

    private static AppendResp.Types.WrongExpectedVersion Wrong(Expected expected, long current)
    {
        var wrong = new AppendResp.Types.WrongExpectedVersion();
        if (current < 0)
        {
            wrong.CurrentNoStream = new();
            wrong.NoStream2060 = new();
        }
        else
        {
            wrong.CurrentRevision = (ulong)current;
            wrong.CurrentRevision2060 = (ulong)current;
        }

        switch (expected.Kind)
        {
            case ExpectedKind.Revision:
                wrong.ExpectedRevision = (ulong)expected.Revision;
                wrong.ExpectedRevision2060 = (ulong)expected.Revision;
                break;
            case ExpectedKind.Any:
                wrong.ExpectedAny = new();
                wrong.Any2060 = new();
                break;
            case ExpectedKind.StreamExists:
                wrong.ExpectedStreamExists = new();
                wrong.StreamExists2060 = new();
                break;
            default:
                wrong.ExpectedNoStream = new();
                break;
        }

        return wrong;
    }
}
