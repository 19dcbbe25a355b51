using System.Buffers.Binary;

namespace Kinerja.Benchmarks;

/// <summary>Chance that repeats: a SplitMix64 sequence of its own for every name under one seed, so that what is made
/// for one office does not hang on what was made before.</summary>
internal sealed class Dice
{
    private ulong state;

    public Dice(ulong seed, string name)
    {
        state = seed ^ 0xCBF29CE484222325;
        foreach (var letter in name)
        {
            state = (state ^ letter) * 0x100000001B3;
        }
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 up to, and without, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>Both bounds included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> among) => among[Below(among.Count)];

    /// <summary>An id of the form the API gives (UUID version 7) for something begun at an instant.</summary>
    public string Id(DateTimeOffset begun)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)begun.ToUnixTimeMilliseconds() << 16) | 0x7000 | (Next() & 0x0FFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (Next() >> 2) | 0x8000000000000000);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
