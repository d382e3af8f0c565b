using System.Globalization;
using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The read models as SQLite files, <c>read-models-v{version}-{generation}.db</c>. A rebuild fills the next generation
/// under the ending <c>.filling</c>; the newest generation without it is what pages read, also when another process put it
/// there.
/// </summary>
internal sealed class SqliteReadDatabases : IReadDatabases
{
    /// <summary>Pages of rows and indexes that a batch changes stay in memory until it is committed.</summary>
    private static readonly SqlitePragmas Serving =
        new("NORMAL", "PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 4000;");

    /// <summary>Nobody reads it yet, and after a crash it is begun anew: it need not be on the disk before the switch.</summary>
    private static readonly SqlitePragmas Filling = new("OFF", "PRAGMA cache_size = -65536; PRAGMA journal_mode = MEMORY;");

    private readonly string folder;
    private readonly Lock gate = new();
    private volatile string current;
    private volatile string? filling;

    public SqliteReadDatabases(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        current = Generations() is [.., var newest] ? newest : First();
        foreach (var other in Directory.EnumerateFiles(folder, "read-models-v*").Where(IsOld).ToList()) File.Delete(other);
    }

    public ReadDb Open() => new(Options(Newest(), Serving));

    public ReadDb OpenFilling() =>
        new(Options(filling ?? throw new InvalidOperationException("Nothing is being filled."), Filling));

    public ReadDb OpenFresh()
    {
        lock (gate)
        {
            if (filling is { } unfinished) Drop(unfinished);
            filling = Make(Number(Newest()) + 1, ".filling", Filling);
            return OpenFilling();
        }
    }

    public IRowWriter Writer(ReadDb db) => new SqliteRowWriter(db);

    public void Index()
    {
        using var db = OpenFilling();
        ReadTables.Index(db);
    }

    public void Switch()
    {
        lock (gate)
        {
            var filled = filling ?? throw new InvalidOperationException("Nothing was filled.");
            SqliteConnection.ClearAllPools();
            var final = filled[..^".filling".Length];
            ToWal(filled);
            var old = Newest();
            File.Move(filled, final);
            (current, filling) = (final, null);
            Drop(old);
        }
    }

    /// <summary>Made whole before it bears its name: of processes that start together, one makes it and all use it.</summary>
    private string First()
    {
        var (made, name) = (Make(1, $".{Guid.CreateVersion7():N}", Serving), Name(1));
        using (var db = new ReadDb(Options(made, Serving))) ReadTables.Index(db);
        ToWal(made);
        try
        {
            File.Move(made, name);
        }
        catch (IOException) when (File.Exists(name))
        {
            Drop(made);
        }

        return name;
    }

    /// <summary>Generations follow each other without gaps: the next one is there as soon as some process has switched.</summary>
    private string Newest()
    {
        while (File.Exists(Name(Number(current) + 1))) current = Name(Number(current) + 1);
        return current;
    }

    /// <summary>Whole in its one file and on the disk, and readable while it is written from now on.</summary>
    private static void ToWal(string file)
    {
        using (var db = new ReadDb(Options(file, Serving))) db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        SqliteConnection.ClearAllPools();
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static DbContextOptions<ReadDb> Options(string file, SqlitePragmas pragmas) => new DbContextOptionsBuilder<ReadDb>()
        .UseSqlite(SqliteFile.ConnectionString(file, durable: true))
        .AddInterceptors(pragmas)
        .Options;

    private string Make(int generation, string suffix, SqlitePragmas pragmas)
    {
        var file = Name(generation) + suffix;
        Drop(file);
        using var db = new ReadDb(Options(file, pragmas));
        db.GetService<IRelationalDatabaseCreator>().Create();
        ReadTables.Create(db);
        return file;
    }

    private string Name(int generation) => Path.Combine(folder, string.Create(
        CultureInfo.InvariantCulture, $"read-models-v{ReadDb.Version}-{generation}.db"));

    private List<string> Generations() =>
        [.. Directory.EnumerateFiles(folder, $"read-models-v{ReadDb.Version}-*.db").OrderBy(Number)];

    private static int Number(string file) =>
        int.Parse(Path.GetFileNameWithoutExtension(file).Split('-')[^1], CultureInfo.InvariantCulture);

    /// <summary>Of another version, or an earlier generation; what another process fills now is not.</summary>
    private bool IsOld(string file)
    {
        var start = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"read-models-v{ReadDb.Version}-"));
        return !file.StartsWith(start, StringComparison.Ordinal)
            || int.Parse(file[start.Length..].Split('.')[0], CultureInfo.InvariantCulture) < Number(current);
    }

    private static void Drop(string file)
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm" }) File.Delete(part);
    }
}
