using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>Reads records through a window of the file. One reader, one user; records keep their window alive.</summary>
internal sealed class LogReader(SafeFileHandle file)
{
    private const int Ahead = 64 * 1024;
    private const int Here = 4 * 1024;
    private byte[] _window = [];
    private long _start;
    private int _filled;

    /// <param name="end">Where the written part of the file ends: nothing beyond is looked at.</param>
    /// <returns>The record, or null where no whole and sound one stands.</returns>
    public LogRecord? Read(long position, long end, out long next)
    {
        next = position;
        if (Take(position, RecordCodec.HeaderSize, end) is not { } header) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header.Span);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(header.Span[4..]);
        if (length is <= 0 or > RecordCodec.MaxBody) return null;
        if (Take(position + RecordCodec.HeaderSize, length, end) is not { } body) return null;
        if (RecordCodec.Checksum(body.Span) != checksum) return null;
        next = position + RecordCodec.HeaderSize + length;
        return RecordCodec.Read(position, body);
    }

    private ReadOnlyMemory<byte>? Take(long position, int count, long end)
    {
        if (position < _start || position + count > _start + _filled)
        {
            if (position + count > end) return null;
            var goesOn = position >= _start && position <= _start + _filled;
            var size = (int)Math.Min(end - position, Math.Max(goesOn ? Ahead : Here, count));
            _window = GC.AllocateUninitializedArray<byte>(size);
            _start = position;
            _filled = Fill(position);
            if (_filled < count) return null;
        }

        return _window.AsMemory((int)(position - _start), count);
    }

    private int Fill(long position)
    {
        var filled = 0;
        while (filled < _window.Length && RandomAccess.Read(file, _window.AsSpan(filled), position + filled) is > 0 and var read)
            filled += read;
        return filled;
    }
}
