using System.Diagnostics;
using Npgsql;

namespace CountingKit.Testing.Postgres;

/// <summary>
/// A PostgreSQL server for this test process: Debian's, on a socket in a temporary folder, started when first asked for,
/// gone with the process however that ends. <c>COUNTINGKIT_TEST_POSTGRES</c> may name another one (a user who may create
/// databases). Its own collation is a language's on purpose: what the product compares must not depend on it.
/// </summary>
public static class PostgresServer
{
    private const string Variable = "COUNTINGKIT_TEST_POSTGRES";

    /// <summary>Stops the server and deletes its folder when its standard input ends, which the death of its parent does.</summary>
    private const string Script = """
        dir=$(mktemp -d -t countingkit-pg-XXXXXX) && chmod 755 "$dir" || exit 1
        trap '' INT TERM HUP
        "$1/initdb" -D "$dir/data" -U countingkit --auth=trust --no-sync -E UTF8 --locale=C.UTF-8 \
            --locale-provider=icu --icu-locale=en-US >"$dir/log" 2>&1 &&
        "$1/pg_ctl" -D "$dir/data" -w -t 120 -l "$dir/log" start -o "-k $dir -c listen_addresses='' -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" >/dev/null 2>&1 &&
        echo "$dir" || { cat "$dir/log" >&2; echo; }
        cat >/dev/null
        "$1/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1
        rm -rf "$dir"
        """;

    private static readonly Lazy<string> Server = new(Start);

    // Kept: with the object its pipe would be finalized, and the server stop.
    private static Process? _keeper;

    /// <summary>To the server's own database <c>postgres</c>.</summary>
    public static string ConnectionString => Server.Value;

    /// <summary>To one of its databases.</summary>
    public static string Of(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ToString();

    internal static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 120);
        command.ExecuteNonQuery();
    }

    private static string Start()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return given;

        string[] shell = ["sh", "-c", Script, "keeper", Binaries()];
        var (file, arguments) = Environment.IsPrivilegedProcess
            ? ("runuser", (string[])["-u", "postgres", "--", .. shell])
            : (shell[0], shell[1..]);
        _keeper = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        }) ?? throw new InvalidOperationException("The keeper of the server did not start.");
        return _keeper.StandardOutput.ReadLine() is { Length: > 0 } folder
            ? $"Host={folder};Username=countingkit;Database=postgres"
            : throw new InvalidOperationException("PostgreSQL did not start; its own message stands above.");
    }

    /// <summary>Debian keeps each version's programs apart: the newest.</summary>
    private static string Binaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions.Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => int.Parse(Path.GetFileName(Path.GetDirectoryName(bin))!, System.Globalization.CultureInfo.InvariantCulture))
            ?? throw new InvalidOperationException(
                $"PostgreSQL is not installed (Debian: apt-get install postgresql), and {Variable} names no server.");
    }
}
