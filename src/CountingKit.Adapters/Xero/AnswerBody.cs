using System.Buffers;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// The bytes of an answer. A page of records has megabytes: read into arrays of its own each time, they would pile up among
/// the large objects that are seldom collected.
/// </summary>
internal sealed class AnswerBody : IDisposable
{
    private const int FirstGuess = 64 * 1024;
    private const int LargestKept = 16 * 1024 * 1024;
    private const int PagesInFlight = 6;

    /// <summary>What is larger than a usual page is not kept for the next.</summary>
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestKept, PagesInFlight);

    private byte[]? rented;
    private int length;

    private AnswerBody(int capacity) => rented = Pool.Rent(capacity);

    /// <exception cref="ObjectDisposedException">Its memory belongs to another answer already.</exception>
    public ReadOnlyMemory<byte> Bytes =>
        (rented ?? throw new ObjectDisposedException(nameof(AnswerBody))).AsMemory(0, length);

    public int Length => length;

    public static async Task<AnswerBody> Read(HttpContent content, CancellationToken ct)
    {
        var body = new AnswerBody((int)Math.Min(content.Headers.ContentLength + 1 ?? FirstGuess, LargestKept));
        try
        {
            await using var stream = await content.ReadAsStreamAsync(ct);
            while (await stream.ReadAsync(body.rented.AsMemory(body.length), ct) is var read && read > 0)
            {
                body.length += read;
                if (body.length == body.rented!.Length) body.Grow();
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
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
