using System.Globalization;
using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The read models as SQLite files, <c>read-models-v{version}-{generation}.db</c>. A rebuild fills the next generation
/// under the ending <c>.filling</c>; the newest generation without it is what pages read.
/// </summary>
internal sealed class SqliteReadDatabases : IReadDatabases
{
    private readonly string folder;
    private readonly Lock gate = new();
    private volatile string current;
    private volatile string? filling;

    public SqliteReadDatabases(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        current = Generations() is [.., var newest] ? newest : Make(1);
        foreach (var other in Directory.EnumerateFiles(folder, "read-models-v*").Where(f => !Belongs(f, current)).ToList())
            File.Delete(other);
    }

    public ReadDb Open() => new(Options(current));

    public ReadDb OpenFilling() => new(Options(filling ?? throw new InvalidOperationException("Nothing is being filled.")));

    public ReadDb OpenFresh()
    {
        lock (gate)
        {
            if (filling is { } unfinished) Drop(unfinished);
            filling = Make(Number(current) + 1, ".filling");
            return OpenFilling();
        }
    }

    public void Switch()
    {
        lock (gate)
        {
            var filled = filling ?? throw new InvalidOperationException("Nothing was filled.");
            SqliteConnection.ClearAllPools();
            var final = filled[..^".filling".Length];
            Checkpoint(filled);
            File.Move(filled, final);
            var old = current;
            (current, filling) = (final, null);
            Drop(old);
        }
    }

    private static void Checkpoint(string file)
    {
        using (var db = new ReadDb(Options(file))) db.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
    }

    private static DbContextOptions<ReadDb> Options(string file) => new DbContextOptionsBuilder<ReadDb>()
        .UseSqlite(SqliteFile.ConnectionString(file, durable: true))
        .AddInterceptors(new SqlitePragmas("NORMAL"))
        .Options;

    private string Make(int generation, string suffix = "")
    {
        var file = Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture, $"read-models-v{ReadDb.Version}-{generation}.db{suffix}"));
        Drop(file);
        using var db = new ReadDb(Options(file));
        db.Database.EnsureCreated();
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        return file;
    }

    private List<string> Generations() =>
        [.. Directory.EnumerateFiles(folder, $"read-models-v{ReadDb.Version}-*.db").OrderBy(Number)];

    private static int Number(string file) =>
        int.Parse(Path.GetFileNameWithoutExtension(file).Split('-')[^1], CultureInfo.InvariantCulture);

    private static bool Belongs(string file, string database) => file.StartsWith(database, StringComparison.Ordinal);

    private static void Drop(string file)
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm" }) File.Delete(part);
    }
}
