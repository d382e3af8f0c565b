using System.Buffers;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// The bytes of an answer. A page of records has megabytes: read into arrays of its own each time, they would pile up among
/// the large objects that are seldom collected.
/// </summary>
internal sealed class AnswerBody : IDisposable
{
    private const int FirstGuess = 64 * 1024;
    private const int Largest = 64 * 1024 * 1024;
    private const int PagesInFlight = 6;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(Largest, PagesInFlight);

    private byte[]? rented;
    private int length;

    private AnswerBody(int capacity) => rented = Pool.Rent(capacity);

    /// <exception cref="ObjectDisposedException">Its memory belongs to another answer already.</exception>
    public ReadOnlyMemory<byte> Bytes =>
        (rented ?? throw new ObjectDisposedException(nameof(AnswerBody))).AsMemory(0, length);

    public int Length => length;

    public static async Task<AnswerBody> Read(HttpContent content, CancellationToken ct)
    {
        var body = new AnswerBody((int)Math.Min(content.Headers.ContentLength + 1 ?? FirstGuess, Largest));
        await using var stream = await content.ReadAsStreamAsync(ct);
        while (true)
        {
            var read = await stream.ReadAsync(body.rented.AsMemory(body.length), ct);
            if (read == 0) return body;
            body.length += read;
            if (body.length == body.rented!.Length) body.Grow();
        }
    }

    public void Dispose()
    {
        if (rented is { } array) Pool.Return(array);
        rented = null;
    }

    private void Grow()
    {
        var larger = Pool.Rent(2 * length);
        rented.AsSpan(0, length).CopyTo(larger);
        Pool.Return(rented!);
        rented = larger;
    }
}
