namespace CountingKit.EventSourcing;

/// <summary>
/// Remembers which keys were ever written, in 16 MiB whatever their number: "no" is certain, "maybe" is right for all but a
/// few of millions. So a new row costs no question to the database.
/// </summary>
internal sealed class KeyFilter
{
    private const int Bits = 1 << 27;
    private const int Probes = 3;

    private readonly ulong[] words = new ulong[Bits / 64];

    public void Add(Type row, object key)
    {
        var (at, step) = Start(row, key);
        for (var i = 0; i < Probes; i++, at += step) words[at % Bits / 64] |= 1UL << (int)(at % 64);
    }

    public bool MayHold(Type row, object key)
    {
        var (at, step) = Start(row, key);
        for (var i = 0; i < Probes; i++, at += step)
            if ((words[at % Bits / 64] & (1UL << (int)(at % 64))) == 0) return false;
        return true;
    }

    private static (uint At, uint Step) Start(Type row, object key)
    {
        var mixed = ((ulong)(uint)key.GetHashCode() << 32 | (uint)row.GetHashCode()) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
        return ((uint)mixed, (uint)(mixed >> 32) | 1);
    }
}
