using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CountingKit.Adapters.Database;

/// <summary>
/// Nothing passes for the vault but the file that the process began with (<see cref="HeldFile"/>): an empty one knows no
/// sign-in, and reactors would act on the whole log again; to a backup the log and the read models that are open beside it do
/// not belong. The database is away until that file is back; a restart begins with what is there then.
/// </summary>
internal sealed class HeldVault(HeldFile file) : DbConnectionInterceptor, IDbTransactionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Check((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Check((SqliteConnection)connection); // SQLite knows no waiting.
        return Task.CompletedTask;
    }

    /// <summary>A transaction may be long.</summary>
    public InterceptionResult TransactionCommitting(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        file.Check((SqliteConnection)transaction.Connection!);
        return result;
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default) => new(TransactionCommitting(transaction, eventData, result));

    private void Check(SqliteConnection connection)
    {
        try
        {
            file.Check(connection);
        }
        catch
        {
            connection.Close(); // Its context would go on with it.
            SqliteConnection.ClearPool(connection);
            throw;
        }
    }
}
