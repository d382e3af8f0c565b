using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CountingKit.EventSourcing;

/// <summary>How a row type stands in its table: its values, and the statements that write one row.</summary>
internal sealed class RowTable
{
    private static readonly ConditionalWeakTable<IModel, Dictionary<Type, RowTable>> Known = [];

    private readonly RowColumn[] columns;

    private RowTable(IEntityType type, ISqlGenerationHelper sql)
    {
        var key = type.FindPrimaryKey()!.Properties;
        columns = [.. key.Concat(type.GetProperties().Except(key)).Select(p => new RowColumn(p, sql))];
        Key = columns.AsMemory(0, key.Count);
        var table = sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
        var values = columns.Select((_, i) => Parameter(i));
        var others = columns.Skip(key.Count).Select(c => $"{c.Name} = excluded.{c.Name}").ToList();
        Insert = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", values)})";
        Put = $"{Insert} ON CONFLICT ({string.Join(", ", columns.Take(key.Count).Select(c => c.Name))}) DO "
            + (others.Count > 0 ? $"UPDATE SET {string.Join(", ", others)}" : "NOTHING");
        Delete = $"DELETE FROM {table} WHERE "
            + string.Join(" AND ", columns.Take(key.Count).Select((c, i) => $"{c.Name} = {Parameter(i)}"));
    }

    /// <summary>In the order of every array of values; the key's come first.</summary>
    public ReadOnlyMemory<RowColumn> Columns => columns;

    public ReadOnlyMemory<RowColumn> Key { get; }

    /// <summary>A new row. One that is there already is an error.</summary>
    public string Insert { get; }

    /// <summary>Writes nothing where such a row is there already.</summary>
    public string InsertUnlessThere => $"{Insert} ON CONFLICT DO NOTHING";

    /// <summary>A row that is there, with new values.</summary>
    public string Put { get; }

    public string Delete { get; }

    /// <summary>By row type, for the model of one database: its names may differ from another's.</summary>
    public static Dictionary<Type, RowTable> Of(DbContext db) => Known.GetValue(db.Model, model =>
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        return model.GetEntityTypes().ToDictionary(t => t.ClrType, t => new RowTable(t, sql));
    });

    public static string Parameter(int index) => Names[index];

    public object?[] Values(object row) => Array.ConvertAll(columns, column => column.Get(row));

    /// <summary>The key of a row as <see cref="KeyOf(object?[])"/> gives it.</summary>
    public object KeyOf(object row)
    {
        if (Key.Length == 1) return columns[0].Get(row)!;
        var parts = new object?[Key.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = columns[i].Get(row);
        return new RowKey(parts);
    }

    /// <exception cref="ArgumentException">Not as many parts as the key has, or of other types.</exception>
    public object KeyOf(object?[] parts)
    {
        if (parts.Length != Key.Length) throw new ArgumentException($"The key has {Key.Length} parts.", nameof(parts));
        for (var i = 0; i < parts.Length; i++)
            if (parts[i]?.GetType() != columns[i].Type)
                throw new ArgumentException($"{columns[i].Name} is a {columns[i].Type.Name}.", nameof(parts));
        return parts.Length == 1 ? parts[0]! : new RowKey(parts);
    }

    private static readonly string[] Names = [.. Enumerable.Range(0, 200).Select(i => $"@p{i}")];

    private sealed class RowKey(object?[] parts) : IEquatable<RowKey>
    {
        private readonly int hash = Combine(parts);

        public bool Equals(RowKey? other) => other is not null && hash == other.hash && parts.AsSpan().SequenceEqual(other.Parts);

        public override bool Equals(object? obj) => Equals(obj as RowKey);

        public override int GetHashCode() => hash;

        private object?[] Parts => parts;

        private static int Combine(object?[] parts)
        {
            var code = new HashCode();
            foreach (var part in parts) code.Add(part);
            return code.ToHashCode();
        }
    }
}
