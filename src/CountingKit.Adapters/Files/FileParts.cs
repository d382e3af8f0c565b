namespace CountingKit.Adapters.Files;

/// <summary>
/// What was written of a file and is not sent yet. Libraries end a file when they are disposed, also after a failure, and some
/// write without waiting: here that goes nowhere unless it is sent.
/// </summary>
internal sealed class FileParts(Stream to) : Stream
{
    private const int Enough = 64 * 1024;

    private readonly MemoryStream kept = new();

    /// <summary>Sends what is there if it is worth it.</summary>
    public ValueTask SendSome(CancellationToken ct) => kept.Length >= Enough ? Send(ct) : ValueTask.CompletedTask;

    public async ValueTask Send(CancellationToken ct)
    {
        await to.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), ct);
        kept.SetLength(0);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => kept.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => kept.Write(buffer);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
