using System.Globalization;
using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The read models as SQLite files, <c>read-models-v{version}-{generation}.db</c>. A rebuild fills the next generation
/// under the ending <c>.filling</c>; the newest generation without it is what pages read, also when another process put it
/// there.
/// </summary>
internal sealed class SqliteReadDatabases : IReadDatabases
{
    /// <summary>Who was about to open an old generation at the switch still finds it.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    /// <summary>Stands between the name of a file that was set aside and the time when.</summary>
    private const string Damaged = ".damaged-";

    /// <summary>A batch changes many pages of indexes: it is written to the file seldom, in one piece.</summary>
    private static readonly SqlitePragmas Serving = new("NORMAL", "PRAGMA wal_autocheckpoint = 4000;");

    /// <summary>Nobody reads it yet, and after a crash it is begun anew: it need not be on the disk before the switch.</summary>
    private static readonly SqlitePragmas Filling = new("OFF", "PRAGMA cache_size = -65536; PRAGMA journal_mode = MEMORY;");

    private readonly string folder;
    private readonly TimeProvider time;
    private readonly SqliteVaultFactory vault;
    private readonly Queue<(string File, long Since)> retired = new();
    private readonly Lock gate = new();
    private volatile string current;
    private volatile string? filling;

    /// <summary>The file in which a reader met damage; null = none, or it was looked through since.</summary>
    private volatile string? suspect;

    /// <param name="vault">Which lies in the same folder.</param>
    public SqliteReadDatabases(string folder, SqliteVaultFactory vault, TimeProvider time)
    {
        (this.folder, this.vault, this.time) = (folder, vault, time);
        Directory.CreateDirectory(folder);
        current = Generations() is [.., var newest] ? newest : New(1);
        foreach (var other in Directory.EnumerateFiles(folder, "read-models-v*").Where(IsOld).ToList()) File.Delete(other);
    }

    public ReadDb Open()
    {
        RequireFolder();
        Tidy();
        return new(Watched(Newest()));
    }

    public ReadDb OpenFilling() =>
        new(Options(filling ?? throw new InvalidOperationException("Nothing is being filled."), Filling, isThere: true));

    public ReadDb OpenFresh()
    {
        RequireFolder();
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
            retired.Enqueue((old, time.GetTimestamp()));
        }
    }

    public bool MayBeDamaged =>
        Newest() is var file && (suspect == file || (!File.Exists(file) && !IsGone));

    /// <summary>As the vault tells, which is always in it: a disk that is not there leaves an empty folder behind.</summary>
    public bool IsGone => vault.IsGone;

    public async Task<string?> SetAsideDamaged(CancellationToken ct)
    {
        RequireFolder();
        var file = Newest();
        var wasMet = suspect == file;
        var isDamaged = await IsDamaged(file, wasMet ? "integrity_check" : "quick_check", ct);
        if (wasMet) suspect = null;
        if (!isDamaged) return null;
        lock (gate)
        {
            if (file != Newest()) return null; // Another process was faster.
            current = New(Number(file) + 1);
            var kept = string.Create(
                CultureInfo.InvariantCulture, $"{file}{Damaged}{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
            foreach (var part in Parts(file).Where(File.Exists)) File.Move(part, kept + part[file.Length..], overwrite: true);
            return Path.GetFileName(kept);
        }
    }

    /// <summary>What was moved away is not damaged, and nothing is made in its place: it may come back.</summary>
    private void RequireFolder()
    {
        if (IsGone) throw new FolderGoneException(folder, "is gone, or holds another vault.db than this portal began with");
    }

    /// <summary>Made whole before it bears its name: of processes that start together, one makes it and all use it.</summary>
    private string New(int generation)
    {
        var (made, name) = (Make(generation, $".{Guid.CreateVersion7():N}", Serving), Name(generation));
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

    /// <summary>Every page of the file is read, which takes a moment for a large one.</summary>
    /// <param name="check">SQLite's: a quick one, or one that compares indexes with their tables too.</param>
    private static async Task<bool> IsDamaged(string file, string check, CancellationToken ct)
    {
        // It was made whole before it had its name.
        if (new FileInfo(file) is { Exists: false } or { Length: 0 }) return true;
        await using var db = new ReadDb(Options(file, Serving, isThere: true));
        try
        {
            await db.Database.OpenConnectionAsync(ct);
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            await using var command = connection.CreateCommand();
            (command.CommandText, command.CommandTimeout) = ($"PRAGMA {check}(1)", 0);
            await using var stop = ct.Register(() => raw.sqlite3_interrupt(connection.Handle));
            return await Task.Run(command.ExecuteScalar, ct) is not "ok";
        }
        catch (SqliteException failed)
        {
            ct.ThrowIfCancellationRequested();
            // Of any other failure it says nothing.
            return failed.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
        }
    }

    /// <summary>Whole in its one file and on the disk, and readable while it is written from now on.</summary>
    private static void ToWal(string file)
    {
        using (var db = new ReadDb(Options(file, Serving, isThere: true)))
            db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        SqliteConnection.ClearAllPools();
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    /// <param name="isThere">An empty file is not made in its place if it is not.</param>
    private static DbContextOptions<ReadDb> Options(
        string file, SqlitePragmas pragmas, bool isThere = false) => new DbContextOptionsBuilder<ReadDb>()
        .UseSqlite(SqliteFile.ConnectionString(file, durable: true, isThere))
        .AddInterceptors(pragmas)
        .Options;

    /// <summary>A query that meets damage says so here, whichever page asked.</summary>
    private DbContextOptions<ReadDb> Watched(string file) => new DbContextOptionsBuilder<ReadDb>(
            Options(file, Serving, isThere: true))
        .LogTo((id, _) => id == CoreEventId.QueryIterationFailed, failed =>
        {
            if (failed is IErrorEventData { Exception: SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } })
                suspect = file;
        })
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

    /// <summary>
    /// Of another version, or an earlier generation; what another process fills now is not, nor what was set aside for
    /// somebody to look at.
    /// </summary>
    private bool IsOld(string file)
    {
        if (file.Contains(Damaged, StringComparison.Ordinal)) return false;
        var start = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"read-models-v{ReadDb.Version}-"));
        return !file.StartsWith(start, StringComparison.Ordinal)
            || int.Parse(file[start.Length..].Split('.')[0], CultureInfo.InvariantCulture) < Number(current);
    }

    /// <summary>Deletes what was retired long enough ago.</summary>
    private void Tidy()
    {
        if (retired.Count == 0 || !gate.TryEnter()) return;
        try
        {
            while (retired.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= Farewell)
                Drop(retired.Dequeue().File);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>All of the folder but what was set aside for somebody to look at.</summary>
    internal static void Remove(string folder)
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(folder, "read-models-v*").ToList())
            if (!file.Contains(Damaged, StringComparison.Ordinal)) File.Delete(file);
    }

    private static void Drop(string file)
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in Parts(file)) File.Delete(part);
    }

    private static string[] Parts(string file) => [file, $"{file}-wal", $"{file}-shm"];
}
