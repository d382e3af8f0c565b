namespace CountingKit.Testing;

/// <summary>How much a test repeats: little by default, all of it with <c>COUNTINGKIT_SCALE=full</c>.</summary>
public static class Scale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("COUNTINGKIT_SCALE") is "full";

    public static int Of(int usual, int full) => IsFull ? full : usual;
}
