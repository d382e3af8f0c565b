using Microsoft.Win32.SafeHandles;

namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>
/// The file of the log: a mark of 16 bytes, then records. What an append did not finish is cut off when it is opened.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private static ReadOnlySpan<byte> Mark => "event log, 1    "u8;
    private readonly SafeFileHandle _file;
    private long _end;

    private LogFile(SafeFileHandle file) => _file = file;

    /// <summary>Where the next record goes: the end of what is on the disk for good.</summary>
    public long End => Volatile.Read(ref _end);

    /// <param name="replay">Sees every record of every whole append, in order.</param>
    /// <exception cref="InvalidDataException">The file is something else.</exception>
    public static LogFile Open(string path, Action<LogRecord> replay)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var log = new LogFile(file);
        try
        {
            log.Recover(path, replay);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    public LogReader Reader() => new(_file);

    /// <summary>Writes at the end and flushes to the disk.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _end);
        RandomAccess.FlushToDisk(_file);
        Volatile.Write(ref _end, _end + bytes.Length);
    }

    public void Dispose() => _file.Dispose();

    private void Recover(string path, Action<LogRecord> replay)
    {
        var length = RandomAccess.GetLength(_file);
        if (length < Mark.Length)
        {
            RandomAccess.SetLength(_file, 0);
            Append(Mark);
            return;
        }

        Span<byte> mark = stackalloc byte[Mark.Length];
        if (RandomAccess.Read(_file, mark, 0) != Mark.Length || !mark.SequenceEqual(Mark))
            throw new InvalidDataException($"{path} is no event log.");

        _end = Mark.Length;
        var reader = Reader();
        var append = new List<LogRecord>();
        for (var at = _end; reader.Read(at, length, out var next) is { } record; at = next)
        {
            append.Add(record);
            if (!record.IsLast) continue;
            append.ForEach(replay);
            append.Clear();
            _end = next;
        }

        if (_end == length) return;
        RandomAccess.SetLength(_file, _end);
        RandomAccess.FlushToDisk(_file);
    }
}
