using System.Globalization;
using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Everything that a database of read models holds, as text, for comparing it with another.</summary>
internal static class RowsOf
{
    /// <summary>A line a row, by table, without the checkpoint.</summary>
    public static async Task<IReadOnlyList<string>> All(ReadDb db)
    {
        await using (db)
        {
            var lines = new List<string>();
            foreach (var table in db.Model.GetEntityTypes().Where(t => t.ClrType != typeof(ReadCheckpointRow)))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                await db.Database.OpenConnectionAsync();
                command.CommandText = $"SELECT * FROM \"{table.GetTableName()}\"";
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                    lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => string.Create(
                        CultureInfo.InvariantCulture, $"{rows.GetName(column)}={rows.GetValue(column)}"))
                        .Prepend(table.ClrType.Name)));
            }

            lines.Sort(StringComparer.Ordinal);
            return lines;
        }
    }
}
