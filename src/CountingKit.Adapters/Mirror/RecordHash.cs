using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// SHA-256 of a record's canonical form, which says whether a record changed: properties sorted by their names' bytes,
/// texts unescaped, numbers as digits and exponent (<c>1</c>, <c>1.0</c> and <c>1e0</c> are one number, of any
/// length), no white space. So a record that is only written differently makes no version; everything else does. What
/// is nested deeper than any document of the source counts as received. Not for two threads.
/// </summary>
internal sealed class RecordHash
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>Deeper values are not walked: each level costs stack.</summary>
    private const int DeepestWalked = 64;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly List<Member> members = [];
    private readonly NameOrder order;
    private readonly byte[][] passing;
    private byte[] buffer = new byte[16 * 1024];
    private int used;

    /// <param name="passing">The record's own members that do not count.</param>
    public RecordHash(params IEnumerable<string> passing) =>
        (order, this.passing) = (new(this), [.. passing.Select(Encoding.UTF8.GetBytes)]);

    /// <exception cref="JsonException">The bytes are not one JSON value.</exception>
    public byte[] Compute(ReadOnlySpan<byte> record)
    {
        used = 0;
        members.Clear();
        var json = new Utf8JsonReader(record, AnyDepth);
        json.Read();
        PutValue(ref json, record);
        if (json.Read()) throw new JsonException();
        return SHA256.HashData(buffer.AsSpan(0, used));
    }

    private void PutValue(ref Utf8JsonReader json, ReadOnlySpan<byte> record)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when json.CurrentDepth >= DeepestWalked:
                PutAsReceived(ref json, record);
                break;
            case JsonTokenType.StartObject:
                PutObject(ref json, record);
                break;
            case JsonTokenType.StartArray:
                Room(1)[0] = (byte)'[';
                used++;
                while (json.Read() && json.TokenType != JsonTokenType.EndArray) PutValue(ref json, record);
                Room(1)[0] = (byte)']';
                used++;
                break;
            case JsonTokenType.String:
                PutText(ref json);
                break;
            case JsonTokenType.Number:
                used += CanonicalNumber.Write(json.ValueSpan, Room(json.ValueSpan.Length + CanonicalNumber.Extra));
                break;
            default:
                Room(1)[0] = json.ValueSpan[0];
                used++;
                break;
        }
    }

    private void PutAsReceived(ref Utf8JsonReader json, ReadOnlySpan<byte> record)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        var value = record[start..(int)json.BytesConsumed];
        value.CopyTo(Room(value.Length));
        used += value.Length;
    }

    private void PutObject(ref Utf8JsonReader json, ReadOnlySpan<byte> record)
    {
        Room(1)[0] = (byte)'{';
        var (first, start) = (members.Count, ++used);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.CurrentDepth == 1 && IsPassing(ref json))
            {
                json.Skip();
                continue;
            }

            var offset = used;
            PutText(ref json);
            var name = used - offset;
            json.Read();
            PutValue(ref json, record);
            members.Add(new(offset, name, used - offset));
        }

        members.Sort(first, members.Count - first, order);
        Permute(first, start);
        members.RemoveRange(first, members.Count - first);
        Room(1)[0] = (byte)'}';
        used++;
    }

    private bool IsPassing(ref Utf8JsonReader json)
    {
        foreach (var name in passing)
            if (!json.ValueIsEscaped && json.ValueSpan.SequenceEqual(name)) return true;
        return false;
    }

    private void Permute(int first, int start)
    {
        var copy = ArrayPool<byte>.Shared.Rent(used - start);
        buffer.AsSpan(start, used - start).CopyTo(copy);
        var to = start;
        foreach (var member in members[first..])
        {
            copy.AsSpan(member.Offset - start, member.Length).CopyTo(buffer.AsSpan(to));
            to += member.Length;
        }

        ArrayPool<byte>.Shared.Return(copy);
    }

    private void PutText(ref Utf8JsonReader json)
    {
        var room = Room(1 + sizeof(int) + json.ValueSpan.Length);
        var to = room[(1 + sizeof(int))..];
        int length;
        room[0] = (byte)'"';
        try
        {
            length = json.CopyString(to);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair or broken UTF-8: no text to compare, but its bytes as received can be.
            room[0] = (byte)'\\';
            length = json.ValueSpan.Length;
            json.ValueSpan.CopyTo(to);
        }

        BinaryPrimitives.WriteInt32BigEndian(room[1..], length);
        used += 1 + sizeof(int) + length;
    }

    private Span<byte> Room(int length)
    {
        if (used + length > buffer.Length) Array.Resize(ref buffer, Math.Max(2 * buffer.Length, used + length));
        return buffer.AsSpan(used);
    }

    private readonly record struct Member(int Offset, int Name, int Length);

    private sealed class NameOrder(RecordHash hash) : IComparer<Member>
    {
        public int Compare(Member x, Member y)
        {
            var byName = NameOf(x).SequenceCompareTo(NameOf(y));
            return byName != 0 ? byName : x.Offset.CompareTo(y.Offset);
        }

        private ReadOnlySpan<byte> NameOf(Member member) =>
            hash.buffer.AsSpan(member.Offset, member.Name)[(1 + sizeof(int))..];
    }
}

/// <summary>A JSON number as its digits and their exponent, so that equal numbers are equal bytes.</summary>
internal static class CanonicalNumber
{
    /// <summary>Bytes that the canonical form may need more than the number as received.</summary>
    public const int Extra = 16;

    public static int Write(ReadOnlySpan<byte> number, Span<byte> to)
    {
        var negative = number[0] == '-';
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? number : number[..mark];
        if (negative) mantissa = mantissa[1..];

        var exponent = 0;
        if (mark >= 0 && !int.TryParse(
            number[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return Copy(number, to);

        to[0] = negative ? (byte)'-' : (byte)'+';
        var used = 1;
        var point = mantissa.IndexOf((byte)'.');
        foreach (var digit in mantissa)
            if (digit != '.' && (used > 1 || digit != '0')) to[used++] = digit;
        if (used == 1) return Copy("+0"u8, to);

        long shift = exponent - (point < 0 ? 0 : mantissa.Length - point - 1);
        while (to[used - 1] == '0') (used, shift) = (used - 1, shift + 1);
        to[used++] = (byte)'e';
        shift.TryFormat(to[used..], out var written, default, CultureInfo.InvariantCulture);
        return used + written;
    }

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }
}
