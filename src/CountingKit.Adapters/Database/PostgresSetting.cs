using System.Diagnostics;
using Npgsql;

namespace CountingKit.Adapters.Database;

/// <summary>A PostgreSQL database, as the setting <c>Database__ConnectionString</c> names it.</summary>
internal sealed record PostgresSetting(string ConnectionString)
{
    private const string Setting = "Database__ConnectionString";

    /// <summary>Per process, of two pools: the vault's and the read models'. A server allows 100 by default.</summary>
    private const int PoolSize = 20;

    /// <summary>
    /// A portal that hangs in the middle of a transaction (its machine is suspended, its network is cut) keeps what it has
    /// locked: the server ends the transaction before those who wait give up, which they do after 30 s.
    /// </summary>
    private const string OfHungTransactions = "idle_in_transaction_session_timeout";
    private const int LongestHang = 15_000;

    /// <summary>Beside a portal that starts, its database may be starting too.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(PostgresSetting);

    /// <summary>Reads a keyword string; what it leaves open gets values that suit a portal.</summary>
    /// <exception cref="ArgumentException">It is none. The message never repeats it: it may hold a password.</exception>
    public static PostgresSetting Parse(string text)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new(text);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Wrong();
        }

        if (string.IsNullOrWhiteSpace(parts.Host)) throw Wrong();
        if (!parts.ShouldSerialize("Maximum Pool Size")) parts.MaxPoolSize = PoolSize;
        if (!parts.ShouldSerialize("Application Name")) parts.ApplicationName = "CountingKit";
        if (!parts.ShouldSerialize("Keepalive")) parts.KeepAlive = 30;
        if (parts.Options?.Contains(OfHungTransactions, StringComparison.Ordinal) != true)
            parts.Options = $"{parts.Options} -c {OfHungTransactions}={LongestHang}".TrimStart();
        return new(parts.ToString());
    }

    /// <summary>Waits up to 30 s until the server takes a connection.</summary>
    /// <exception cref="ArgumentException">It does not answer, or refuses: one line that names the setting.</exception>
    public void Reach(TimeSpan? patience = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (Try() is { } trouble)
        {
            if (Refusal(trouble) is { } refusal) throw new ArgumentException($"{Setting} {refusal}");
            if (Stopwatch.GetElapsedTime(start) > (patience ?? Timeout))
                throw new ArgumentException($"{Setting} names a PostgreSQL server that does not answer.");
            pause.Wait(Pause);
        }
    }

    private static ArgumentException Wrong() => new($"{Setting} must read sqlite:<folder> or Host=<server>;Database=<name>;….");

    private NpgsqlException? Try()
    {
        try
        {
            using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 5 }.ToString());
            connection.Open();
            return null;
        }
        catch (NpgsqlException trouble)
        {
            return trouble;
        }
    }

    /// <summary>What waiting does not mend; null = it may.</summary>
    private static string? Refusal(NpgsqlException trouble) => trouble.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => "names a database that the server does not have.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"names a sign-in that the server refuses ({trouble.SqlState}).",
        _ => null,
    };
}
