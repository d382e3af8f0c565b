using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CountingKit.Adapters.Database;

/// <summary>
/// Makes PostgreSQL treat text as SQLite does: of any length, ordered and compared by its UTF-8 bytes, whatever the
/// database's own collation is.
/// </summary>
internal sealed class PostgresModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        foreach (var text in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
            .Where(p => p.ClrType == typeof(string)))
        {
            // SQLite holds nobody to a length: a vendor's long name must not stop the read models here either.
            text.SetMaxLength(null);
            text.SetCollation("C");
        }
    }
}

/// <summary>
/// PostgreSQL keeps no U+0000 in text, and a name that a vendor sent may hold one: U+FFFD stands for it, in what is stored
/// and in what is looked for.
/// </summary>
internal sealed class PostgresCharacters : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Replace(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Replace(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Replace(command);
        return ValueTask.FromResult(result);
    }

    /// <summary>For commands that do not come from EF.</summary>
    public static void Replace(DbParameterCollection parameters)
    {
        foreach (DbParameter parameter in parameters)
            if (parameter.Value is string text && text.Contains('\0', StringComparison.Ordinal))
                parameter.Value = text.Replace('\0', '\uFFFD');
    }

    private static void Replace(DbCommand command) => Replace(command.Parameters);
}
