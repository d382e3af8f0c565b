using System.Globalization;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.History;

/// <summary>A run's rows, or what differs from an earlier one, for a file: read as it is written.</summary>
/// <param name="ComparedWith">Null = the run's own rows.</param>
[Asks(Permission.View)]
public sealed record GetRowsFile(Guid RunId, FileFormat Format, Guid? ComparedWith = null) : IQuery<RowsFile>, IConcernsRuns
{
    public IReadOnlyList<Guid> RunIds => ComparedWith is { } other ? [RunId, other] : [RunId];
}

/// <summary>A table on its way into a file. Its rows are read once, and fail where the mirror does.</summary>
/// <param name="Name">With its ending; good for every file system.</param>
public sealed record RowsFile(
    string Name, FileFormat Format, IReadOnlyList<FileColumn> Columns, IAsyncEnumerable<CellValue[]> Rows);

/// <param name="Heading">No two columns have the same.</param>
/// <param name="Scale">Of numbers: the most decimals that one of them has.</param>
/// <param name="Digits">Of numbers: the most digits that one of them has before the point.</param>
public sealed record FileColumn(string Heading, ColumnType Type, int Scale = 0, int Digits = 1);

internal sealed class GetRowsFileHandler(RunPairs pairs, IMirror mirror, ReadModels readModels, CurrentRequester current)
    : IRequestHandler<GetRowsFile, RowsFile>
{
    /// <summary>Of an Excel sheet, beside its header.</summary>
    private const long MostRows = 1_048_575;

    /// <summary>Of an Excel cell, in UTF-16 units.</summary>
    private const int LongestText = 32_767;

    public async Task<RowsFile> Handle(GetRowsFile query, CancellationToken ct)
    {
        var run = await pairs.Run(query.RunId, ct);
        var table = query.ComparedWith is { } with
            ? Compared(await pairs.Of(run, with, ct) ?? throw new NotFoundException(), ct)
            : Own(run, ct);
        var survey = await Readings.Guard(async () =>
        {
            // Whatever the form: damage is told before the first row, and not in the middle of a file.
            var rows = new RowSurvey(table.Columns.Count);
            await foreach (var row in table.Rows) rows.Add(row);
            return rows;
        });
        if (query.Format == FileFormat.Xlsx) CheckExcel(survey, table.Columns);
        await using var db = readModels.Open();
        var connections = await db.Visible<ConnectionRow>(current.Requester).ToListAsync(ct);
        var name = FileNames.Of([run.Run.ExporterName, await Organization(run, db, connections, ct), table.When], query.Format);
        return new(name, query.Format, FileNames.Distinct([.. table.Columns.Select(survey.Of)]), table.Rows);
    }

    private sealed record Table(IReadOnlyList<PastColumn> Columns, IAsyncEnumerable<CellValue[]> Rows, string When);

    private Table Own(PastRun run, CancellationToken ct) =>
        new(run.Columns, mirror.ReadRows(run.RequireRows(), ct).Select(row => run.Worded(row)!), Moment(run));

    private Table Compared(RunPair pair, CancellationToken ct)
    {
        var (before, after) = (pair.Before.RequireRows(), pair.After.RequireRows());
        if (pair.WhyNot is { } why) throw new RefusedException(HistoryCodes.NotComparable, why);
        var columns = new ComparisonColumns(pair);
        return new(
            columns.Columns,
            mirror.ReadChanges(before, after, pair.Key, RowChanges.All, ct).Select(change => columns.Row(pair.Worded(change))),
            $"changes {Moment(pair.Before)} to {Moment(pair.After)}");
    }

    private static void CheckExcel(RowSurvey survey, IReadOnlyList<PastColumn> columns)
    {
        if (survey.Rows > MostRows)
            throw new RefusedException(HistoryCodes.TooManyRows, string.Create(
                CultureInfo.InvariantCulture,
                $"{HistoryCodes.TooManyRows.Title}, and these are {survey.Rows:N0}. {HistoryCodes.TooManyRows.Advice}"));
        if (survey.Longest is (var row, var column, > LongestText and var length))
            throw new RefusedException(HistoryCodes.TextTooLong, string.Create(
                CultureInfo.InvariantCulture,
                $"An Excel cell holds at most {LongestText:N0} characters, and the text in row {row:N0} of the column ")
                + string.Create(
                    CultureInfo.InvariantCulture, $"{columns[column].Heading} has {length:N0}. {HistoryCodes.TextTooLong.Advice}"));
    }

    private static async Task<string> Organization(
        PastRun run, ReadDb db, IReadOnlyCollection<ConnectionRow> connections, CancellationToken ct)
    {
        var ids = run.Run.ConnectionIds();
        if (ids is not [var only]) return string.Create(CultureInfo.InvariantCulture, $"{ids.Count} organizations");
        return (await db.Names(connections, ct)).GetValueOrDefault(only, "");
    }

    private static string Moment(PastRun run) =>
        run.DataAt.ToString("yyyy-MM-dd HHmm 'UTC'", CultureInfo.InvariantCulture);
}
