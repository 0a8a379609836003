namespace MigrationPortal.World;

/// <summary>Chance without memory: a draw depends on the seed, what it is for and whom it is for, never on what was drawn
/// before. So a change to one thing leaves all other luck as it was.</summary>
internal readonly struct Draw(int seed, int purpose, long subject)
{
    private readonly ulong key = Mix(Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15) ^ Mix(((ulong)(uint)purpose << 40) + (ulong)subject));

    /// <summary>The n-th number of this draw, evenly in [0, 1).</summary>
    public double Unit(int n = 0) => (Bits(n) >> 11) * (1.0 / (1UL << 53));

    public ulong Bits(int n = 0) => Mix(key + ((ulong)(uint)n * 0x9E3779B97F4A7C15));

    public int Below(int limit, int n = 0) => (int)(Unit(n) * limit);

    public T Pick<T>(IReadOnlyList<T> items, int n = 0) => items[Below(items.Count, n)];

    /// <summary>Lognormal with this median; sigma 0.5 is mild, 1 is wide.</summary>
    public double LogNormal(double median, double sigma, int n = 0) => median * Math.Exp(sigma * Normal(n));

    public double Normal(int n = 0) =>
        Math.Sqrt(-2 * Math.Log(1 - Unit(n + 1000))) * Math.Cos(2 * Math.PI * Unit(n + 2000));

    public double Exponential(double mean, int n = 0) => -mean * Math.Log(1 - Unit(n));

    /// <summary>Forty hexadecimal digits, as git names things.</summary>
    public string Sha() => string.Create(40, this, static (text, draw) =>
    {
        var bits = 0UL;
        for (var i = 0; i < 40; i++)
        {
            bits = i % 16 == 0 ? draw.Bits(7000 + (i / 16)) : bits >> 4;
            text[i] = "0123456789abcdef"[(int)(bits & 15)];
        }
    });

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What chance is drawn for. Numbers are part of what a seed means: never reuse one.</summary>
internal static class For
{
    public const int User = 1;
    public const int Group = 2;
    public const int Project = 3;
    public const int Runner = 4;
    public const int Push = 5;
    public const int Pipeline = 6;
    public const int Duration = 7;
    public const int Infrastructure = 8;
    public const int Script = 9;
    public const int Incompatibility = 10;
    public const int UserRetry = 11;
    public const int UserCancel = 12;
    public const int MergeRequest = 13;
    public const int Sha = 14;
    public const int Trace = 15;
    public const int Schedule = 16;
    public const int Incident = 17;
    public const int Token = 18;
    public const int Manual = 19;
    public const int Care = 20;
    public const int Rush = 21;
}
