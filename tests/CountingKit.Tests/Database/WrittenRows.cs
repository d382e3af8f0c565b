using System.Reflection;
using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Database;

/// <summary>Rows that a projection writes stand in the tables exactly as EF, which reads them, would have put them.</summary>
[Trait("Speed", "Slow")]
public sealed class WrittenRows
{
    private static readonly Dictionary<Type, object?[]> Samples = new()
    {
        [typeof(string)] = ["plain", "", "ä 😀 end", "a\nb\0c", new string('é', 5000), null],
        [typeof(Guid)] = [Guid.Empty, Guid.Parse("abcdef01-2345-6789-abcd-ef0123456789"), Guid.AllBitsSet],
        [typeof(DateTime)] =
        [
            DateTime.UnixEpoch, DateTime.UnixEpoch.AddTicks(10), new DateTime(2026, 3, 29, 1, 59, 59, 120, DateTimeKind.Utc),
            new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Local), new DateTime(1, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        ],
        [typeof(bool)] = [true, false],
        [typeof(int)] = [0, int.MinValue, int.MaxValue],
        [typeof(long)] = [0L, long.MinValue, long.MaxValue, 1L],
    };

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task As_EF_would_have_put_them(StorageKind kind)
    {
        await using var byEf = new DatabaseHouse(kind);
        await using var byWriter = new DatabaseHouse(kind);
        foreach (var type in Types(byEf))
            for (var i = 0; i < 6; i++)
            {
                await using var ef = byEf.Read.Open();
                ef.Add(Row(type, i));
                await ef.SaveChangesAsync();
                (await Write(byWriter, t => t.Insert, type, i)).Should().Be(1);
            }

        (await Stored(byWriter, kind)).Should().NotBeEmpty().And.Equal(await Stored(byEf, kind));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_second_one_of_a_key_takes_its_place_or_is_an_error_that_leaves_nothing(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        foreach (var type in Types(house)) await Write(house, t => t.Insert, type, 1);
        var before = await Stored(house, kind);

        foreach (var type in Types(house))
        {
            await FluentActions.Awaiting(() => Write(house, t => t.Insert, type, 1)).Should().ThrowAsync<System.Data.Common.DbException>();
            (await Write(house, t => t.InsertUnlessThere, type, 1)).Should().Be(0);
            (await Write(house, t => t.Put, type, 1)).Should().BeInRange(0, 1);
        }

        (await Stored(house, kind)).Should().Equal(before);
    }

    private static async Task<int> Write(DatabaseHouse house, Func<RowTable, string> sql, Type type, int sample)
    {
        await using var db = house.Read.Open();
        var table = RowTable.Of(db)[type];
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using var writer = house.Read.Writer(db);
        var rows = await writer.Execute(new(sql(table), table.Columns, table.Values(Row(type, sample))), default);
        await transaction.CommitAsync();
        return rows;
    }

    private static IReadOnlyList<Type> Types(DatabaseHouse house)
    {
        using var db = house.Read.Open();
        return [.. db.Model.GetEntityTypes().Select(t => t.ClrType).OrderBy(t => t.Name)];
    }

    /// <summary>Another key each time; every other column goes through the samples of its type.</summary>
    private static object Row(Type type, int sample)
    {
        var row = Activator.CreateInstance(type)!;
        var at = sample;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            if (IsKey(type, property)) property.SetValue(row, Key(property.PropertyType, sample));
            else property.SetValue(row, Value(property, at++));
        }

        return row;
    }

    private static bool IsKey(Type type, PropertyInfo property) =>
        property.IsDefined(typeof(System.ComponentModel.DataAnnotations.KeyAttribute))
        || type.GetCustomAttribute<PrimaryKeyAttribute>()?.PropertyNames.Contains(property.Name) == true;

    private static object Key(Type type, int sample) => type switch
    {
        _ when type == typeof(Guid) => new Guid(sample + 1, 0, 0, [0xab, 0, 0, 0, 0, 0, 0, 0xcd]),
        _ when type == typeof(string) => $"key {sample}",
        _ when type.IsEnum => Enum.GetValues(type).GetValue(sample % Enum.GetValues(type).Length)!,
        _ => Convert.ChangeType(sample + 1, type, null),
    };

    private static object? Value(PropertyInfo property, int at)
    {
        var isNullable = new NullabilityInfoContext().Create(property).WriteState is NullabilityState.Nullable;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var samples = type.IsEnum ? [.. Enum.GetValues(type).Cast<object?>()] : Samples[type];
        if (isNullable && at % 3 == 0) return null;
        return samples[at % samples.Length] ?? (isNullable ? null : "");
    }

    /// <summary>Every cell with its storage class and its bytes.</summary>
    private static async Task<IReadOnlyList<string>> Stored(DatabaseHouse house, StorageKind kind)
    {
        await using var db = house.Read.Open();
        await db.Database.OpenConnectionAsync();
        var cells = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes())
            foreach (var column in entity.GetProperties().Select(p => p.GetColumnName()))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                var keys = string.Join(", ", entity.FindPrimaryKey()!.Properties.Select(p => $"\"{p.GetColumnName()}\""));
                var cell = kind is StorageKind.Sqlite
                    ? $"typeof(\"{column}\") || ' ' || coalesce(hex(\"{column}\"), '')"
                    : $"coalesce(\"{column}\"::text, 'NULL')";
                command.CommandText = $"SELECT {cell} FROM \"{entity.GetTableName()}\" ORDER BY {keys}";
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync()) cells.Add($"{entity.GetTableName()}.{column} {rows.GetString(0)}");
            }

        return cells;
    }
}
