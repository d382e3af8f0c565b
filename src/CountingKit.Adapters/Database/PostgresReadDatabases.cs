using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The read models as PostgreSQL schemas, <c>read_models_v{version}_{generation}</c>. The table
/// <c>countingkit.read_models</c> tells every portal which of them pages read; each looks once a second.
/// </summary>
internal sealed class PostgresReadDatabases : IReadDatabases
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly string connectionString;
    private readonly TimeProvider time;
    private readonly PostgresGenerations generations;
    private readonly ConcurrentDictionary<string, DbContextOptions<ReadDb>> options = new();
    private readonly Lock gate = new();
    private volatile string current;
    private volatile string? filling;
    private long looked;

    public PostgresReadDatabases(PostgresSetting setting, TimeProvider time)
    {
        (connectionString, this.time) = (setting.ConnectionString, time);
        generations = new(connectionString, Make);
        current = generations.CurrentOrNew();
        generations.Tidy();
        looked = time.GetTimestamp();
    }

    public ReadDb Open()
    {
        if (time.GetElapsedTime(Interlocked.Read(ref looked)) >= PollInterval && gate.TryEnter())
        {
            try
            {
                current = generations.Current() ?? current;
                generations.Tidy();
                Interlocked.Exchange(ref looked, time.GetTimestamp());
            }
            finally
            {
                gate.Exit();
            }
        }

        return On(current);
    }

    public ReadDb OpenFilling() => On(filling ?? throw new InvalidOperationException("Nothing is being filled."));

    public ReadDb OpenFresh()
    {
        lock (gate)
        {
            filling = generations.Fresh(filling);
            return OpenFilling();
        }
    }

    public IRowWriter Writer(ReadDb db) => new PostgresRowWriter(db);

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
            generations.Switch(filled);
            (current, filling) = (filled, null);
        }
    }

    public bool MayBeDamaged => false;

    public bool IsGone => false;

    /// <summary>A server looks after its own files.</summary>
    public Task<string?> SetAsideDamaged(CancellationToken ct) => Task.FromResult<string?>(null);

    internal static DbContextOptions<ReadDb> Options(string connectionString, string schema) =>
        new DbContextOptionsBuilder<ReadDb>()
            .UseNpgsql(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema }.ToString())
            .ReplaceService<IModelCustomizer, PostgresModel>()
            .AddInterceptors(new PostgresCharacters())
            .Options;

    private ReadDb On(string schema) => new(options.GetOrAdd(schema, name => Options(connectionString, name)));

    private void Make(string schema, bool isRead)
    {
        using var db = On(schema);
        ReadTables.Create(db);
        if (isRead) ReadTables.Index(db);
    }
}
