using System.Diagnostics;
using Npgsql;

namespace CountingKit.Testing.Postgres;

/// <summary>
/// A PostgreSQL server of this test process: Debian's, on a socket in a temporary folder, gone with the process however
/// that ends. Its own collation is a language's on purpose: what the product compares must not depend on it.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Variable = "COUNTINGKIT_TEST_POSTGRES";

    /// <summary>
    /// Stops and starts the server as it is told on its standard input. When that ends, which the death of its parent does,
    /// it stops the server and deletes its folder. Nothing is flushed to the disk, but each commit is in the file when it
    /// is acknowledged: a server stopped at once has lost none.
    /// </summary>
    private const string Script = """
        dir=$(mktemp -d -t countingkit-pg-XXXXXX) && chmod 755 "$dir" || exit 1
        trap '' INT TERM HUP
        "$1/initdb" -D "$dir/data" -U countingkit --auth=trust --no-sync -E UTF8 --locale=C.UTF-8 \
            --locale-provider=icu --icu-locale=en-US >"$dir/log" 2>&1 &&
        begin() {
            "$1/pg_ctl" -D "$dir/data" -w -t 120 -l "$dir/log" start -o "-k $dir -c listen_addresses='' -c fsync=off \
                -c full_page_writes=off -c autovacuum=off -c max_connections=300" >/dev/null 2>&1
        }
        begin "$1" && echo "$dir" || { cat "$dir/log" >&2; echo; }
        while read -r word; do
            case "$word" in
                stop) "$1/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 ;;
                start) begin "$1" ;;
            esac
            echo "$word"
        done
        "$1/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1
        rm -rf "$dir"
        """;

    private static readonly Lazy<string> Shared = new(() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : Kept().Connection);

    // With the object its pipe would be finalized, and the server stop.
    private static PostgresServer? _kept;

    private readonly Process _keeper;

    private PostgresServer()
    {
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
        Connection = _keeper.StandardOutput.ReadLine() is { Length: > 0 } folder
            ? $"Host={folder};Username=countingkit;Database=postgres"
            : throw new InvalidOperationException("PostgreSQL did not start; its own message stands above.");
    }

    /// <summary>
    /// To the database <c>postgres</c> of the server that tests share, started when first asked for;
    /// <c>COUNTINGKIT_TEST_POSTGRES</c> may name another one (a user who may create databases).
    /// </summary>
    public static string ConnectionString => Shared.Value;

    /// <summary>To this server's own database <c>postgres</c>, which is empty.</summary>
    public string Connection { get; }

    /// <summary>One that a test has for itself.</summary>
    public static PostgresServer Own() => new();

    /// <summary>To one of the shared server's databases.</summary>
    public static string Of(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ToString();

    /// <summary>Ends it at once, as if it were killed; what was committed is there after the next start.</summary>
    public void Stop() => Tell("stop");

    public void Start() => Tell("start");

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    internal static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 120);
        command.ExecuteNonQuery();
    }

    private static PostgresServer Kept() => _kept = new();

    private void Tell(string word)
    {
        _keeper.StandardInput.WriteLine(word);
        _keeper.StandardInput.Flush();
        if (_keeper.StandardOutput.ReadLine() != word) throw new InvalidOperationException("The server's keeper is gone.");
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
