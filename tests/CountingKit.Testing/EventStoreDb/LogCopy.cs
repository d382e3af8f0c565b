using CountingKit.Testing.EventStoreDb.Log;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>Gives a node that is down another's log.</summary>
internal static class LogCopy
{
    /// <summary>Whether a node that is down has no more than another.</summary>
    public static bool IsBehind(EventStoreDbNode node, EventStoreDbNode other)
    {
        var own = new FileInfo(EventLog.FileIn(node.Folder));
        return !own.Exists || own.Length <= other.Log!.End;
    }

    public static void Take(EventStoreDbNode source, EventStoreDbNode target)
    {
        var (from, to) = (EventLog.FileIn(source.Folder), EventLog.FileIn(target.Folder));
        var length = source.Log!.End;
        Directory.CreateDirectory(target.Folder);
        using var reader = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var writer = new FileStream(to, FileMode.Create, FileAccess.Write);
        var buffer = new byte[1024 * 1024];
        for (var left = length; left > 0;)
        {
            var read = reader.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0) throw new InvalidDataException($"{from} is shorter than its node says.");
            writer.Write(buffer, 0, read);
            left -= read;
        }

        writer.Flush(flushToDisk: true);
    }
}
