namespace CountingKit.EventSourcing;

/// <summary>
/// Remembers which keys were ever written, in two bytes each and 16 MiB at most: "no" is certain. Of the keys that were not,
/// each full layer takes some 0.5 % for one of its own, all eight (eight million keys) some 4 %; the last takes more
/// beyond that. So most new rows cost no question to the database.
/// </summary>
internal sealed class KeyFilter
{
    private const int Probes = 3;
    private const int BitsOfAKey = 16;
    private const int Smallest = 1 << 19;
    private const int Largest = 1 << 26;

    /// <summary>Each twice as large as the one before; keys go into the last.</summary>
    private readonly List<Layer> layers = [new(Smallest)];

    public void Add(Type row, object key)
    {
        if (layers[^1] is { IsFull: true, Bits: < Largest } full) layers.Add(new(2 * full.Bits));
        layers[^1].Add(Start(row, key));
    }

    public bool MayHold(Type row, object key)
    {
        var start = Start(row, key);
        foreach (var layer in layers)
            if (layer.MayHold(start)) return true;
        return false;
    }

    /// <summary>Mixed as SplitMix64 ends: layers use low bits, and those must tell keys apart that follow each other.</summary>
    private static (uint At, uint Step) Start(Type row, object key)
    {
        var mixed = (ulong)(uint)key.GetHashCode() << 32 | (uint)row.GetHashCode();
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return ((uint)mixed, (uint)(mixed >> 32) | 1);
    }

    /// <param name="bits">A power of two.</param>
    private sealed class Layer(int bits)
    {
        private readonly ulong[] words = new ulong[bits / 64];
        private long keys;

        public int Bits => bits;

        public bool IsFull => keys >= bits / BitsOfAKey;

        public void Add((uint At, uint Step) start)
        {
            keys++;
            for (var (i, at) = (0, start.At); i < Probes; i++, at += start.Step)
                words[at % (uint)bits / 64] |= 1UL << (int)(at % 64);
        }

        public bool MayHold((uint At, uint Step) start)
        {
            for (var (i, at) = (0, start.At); i < Probes; i++, at += start.Step)
                if ((words[at % (uint)bits / 64] & (1UL << (int)(at % 64))) == 0) return false;
            return true;
        }
    }
}
