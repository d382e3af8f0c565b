using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The tables of read models, and apart from them their indexes: a rebuild makes those at the end, each in one go, since
/// every row that is written into an index costs more the larger that is. Projections find rows by key alone.
/// </summary>
internal static class ReadTables
{
    /// <summary>In a database or schema that is empty.</summary>
    public static void Create(ReadDb db) => Execute(db, operation => operation is not CreateIndexOperation);

    /// <summary>Once, when the tables are filled or as soon as they are made.</summary>
    public static void Index(ReadDb db) => Execute(db, operation => operation is CreateIndexOperation);

    private static void Execute(ReadDb db, Func<MigrationOperation, bool> wanted)
    {
        var model = db.GetService<IDesignTimeModel>().Model;
        var operations = db.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel());
        var commands = db.GetService<IMigrationsSqlGenerator>().Generate([.. operations.Where(wanted)], model);
        // As long as it takes: a large table's index is not made within a usual command's time.
        db.Database.SetCommandTimeout(0);
        db.GetService<IMigrationCommandExecutor>().ExecuteNonQuery(commands, db.GetService<IRelationalConnection>());
    }
}
