using System.Globalization;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CountingKit.Adapters.Moving;

/// <summary>
/// Copies every table of one vault to another, and compares them. Leases stay behind: they belong to processes.
/// </summary>
internal sealed class VaultCopy(VaultDb source, VaultDb target)
{
    private const int Batch = 500;

    public async Task<bool> TargetIsEmpty(CancellationToken ct)
    {
        foreach (var table in Tables(target))
            if (await Rows(target, table).AnyAsync(ct)) return false;
        return true;
    }

    public async Task Run(CancellationToken ct)
    {
        foreach (var table in Tables(source))
        {
            var waiting = 0;
            await foreach (var row in Rows(source, table).AsAsyncEnumerable().WithCancellation(ct))
            {
                Replace(target.Add(row).Properties.Select(p => p.Metadata), row);
                if (++waiting % Batch == 0) await Save(ct);
            }

            await Save(ct);
        }

        foreach (var table in Tables(target)) await Count(table, ct);
    }

    /// <summary>Counts and compares the rows of each table, whatever order they come in.</summary>
    /// <param name="say">Takes a line for each table that holds rows.</param>
    /// <returns>The first table that differs; null = none does.</returns>
    public async Task<string?> Differs(Action<string> say, CancellationToken ct)
    {
        foreach (var (table, other) in Tables(source).Zip(Tables(target)))
        {
            var (old, made) = (await Sum(source, table, ct), await Sum(target, other, ct));
            if (old != made) return table.GetTableName();
            if (old.Rows > 0) say($"{table.GetTableName()}: {old.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows, the same in both");
        }

        return null;
    }

    private static async Task<RowSum> Sum(VaultDb db, IEntityType table, CancellationToken ct)
    {
        var sum = new RowSum();
        await foreach (var row in Rows(db, table).AsAsyncEnumerable().WithCancellation(ct)) sum = sum.With(table, row);
        return sum;
    }

    private static List<IEntityType> Tables(VaultDb db) =>
        [.. db.Model.GetEntityTypes().Where(t => t.ClrType != typeof(LeaseRow)).OrderBy(t => t.Name, StringComparer.Ordinal)];

    private static IQueryable<object> Rows(VaultDb db, IEntityType table)
    {
        if (table.ClrType == typeof(SettingRow)) return db.Settings.AsNoTracking().Where(s => s.Name != MovedVault.Setting);
        var set = typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(table.ClrType);
        return ((IQueryable<object>)set.Invoke(db, null)!).AsNoTracking();
    }

    private async Task Save(CancellationToken ct)
    {
        await target.SaveChangesAsync(ct);
        target.ChangeTracker.Clear();
    }

    // PostgreSQL keeps no U+0000 in text.
    private static void Replace(IEnumerable<IProperty> properties, object row)
    {
        foreach (var property in properties.Where(p => p.ClrType == typeof(string) && p.PropertyInfo is not null))
            if (property.PropertyInfo!.GetValue(row) is string text && text.Contains('\0', StringComparison.Ordinal))
                property.PropertyInfo.SetValue(row, RowSum.Kept(text));
    }

    /// <summary>Numbers that the database gives to new rows go on behind the copied ones.</summary>
    private async Task Count(IEntityType table, CancellationToken ct)
    {
        if (table.FindPrimaryKey()?.Properties is not [{ ValueGenerated: ValueGenerated.OnAdd } key]
            || (key.ClrType != typeof(int) && key.ClrType != typeof(long))) return;
        var (name, column) = ($"\"{table.GetSchema()}\".\"{table.GetTableName()}\"", key.GetColumnName());
#pragma warning disable EF1002 // Names of the model, nothing that anybody gives.
        await target.Database.ExecuteSqlRawAsync(
            $"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), coalesce(max(\"{column}\"), 0) + 1, false) FROM {name}", ct);
#pragma warning restore EF1002
    }
}
