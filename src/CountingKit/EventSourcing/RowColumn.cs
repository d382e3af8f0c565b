using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CountingKit.EventSourcing;

/// <summary>A column of a row type's table in one kind of database.</summary>
public sealed class RowColumn
{
    internal RowColumn(IProperty property, ISqlGenerationHelper sql)
    {
        Name = sql.DelimitIdentifier(property.GetColumnName());
        (Type, Mapping) = (property.ClrType, property.GetRelationalTypeMapping());
        var row = Expression.Parameter(typeof(object));
        var value = Expression.Property(
            Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!);
        Get = Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), row).Compile();
    }

    /// <summary>How the database stores it.</summary>
    public RelationalTypeMapping Mapping { get; }

    /// <summary>Delimited.</summary>
    internal string Name { get; }

    /// <summary>Of the row's property.</summary>
    internal Type Type { get; }

    internal Func<object, object?> Get { get; }

    /// <summary>What the database's ADO.NET provider takes for a row's value; null = NULL.</summary>
    public object? ToProvider(object? value) =>
        Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
}
