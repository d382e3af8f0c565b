using CountingKit.Mirror;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// What turns the rows that stand in a tab into those of a write: rows that stay are copied to their new places within the tab,
/// the others are sent. The cells are the same as if all had been sent, and nothing but values moves.
/// </summary>
/// <param name="Moves">
/// Rows that stay and come to another place, in an order in which none is overwritten before it is copied.
/// </param>
/// <param name="Sent">Rows that are sent, by the place of the first: 0 is the first record.</param>
/// <param name="Bytes">Of the rows sent, as JSON.</param>
internal sealed record TabPatch(
    IReadOnlyList<RowRun> Moves, IReadOnlyList<(int First, List<RowData> Rows)> Sent, long Bytes)
{
    /// <summary>A copy is so many bytes of the request.</summary>
    public const int BytesOfAMove = 300;

    public long RowsSent => Sent.Sum(run => (long)run.Rows.Count);

    /// <summary>Whether it is worth while beside sending everything.</summary>
    public bool Pays(TabRows all) => (Bytes + (Moves.Count * BytesOfAMove)) * 4 <= all.Bytes;

    /// <summary>Whether the tab is, as far as can be seen from outside, as that run left it.</summary>
    public static bool Fits(WriteRequest request, FoundTab tab, ColumnLayout layout) =>
        request.Former is { } former && tab.Stamp.RunId == former.RunId && tab.Stamp.ContentHash == former.ContentHash
        && layout.Inserted.Count == 0 && layout.Headings.SequenceEqual(tab.Columns.Headings)
        && tab.Place is { IsNamed: true, Left: 0 } place && place.Right == layout.Count && layout.Count <= tab.GridColumns
        && place.Bottom - place.Top == former.Rows + 1 && place.Bottom <= tab.GridRows && !MayHideRows(tab);

    /// <summary>Where rows are filtered out, nobody promises that a copy has them.</summary>
    private static bool MayHideRows(FoundTab tab) => tab.Sheet.BasicFilter is { FilterSpecs.Count: > 0 } or { Criteria.Count: > 0 }
        || tab.Sheet.Slicers is { Count: > 0 } || tab.Sheet.Tables is { Count: > 0 };

    public IEnumerable<Request> Requests(TabWrite write)
    {
        foreach (var move in Moves)
            yield return new()
            {
                CopyPaste = new()
                {
                    Source = Area(write, (int)move.Before, (int)move.Count),
                    Destination = Area(write, (int)move.After, (int)move.Count),
                    PasteType = "PASTE_VALUES", PasteOrientation = "NORMAL",
                },
            };
        foreach (var (first, rows) in Sent)
            yield return new()
            {
                UpdateCells = new() { Range = Area(write, first, rows.Count), Rows = [.. rows], Fields = "userEnteredValue" },
            };
    }

    private static GridRange Area(TabWrite write, int first, int count) =>
        Rectangles.Of(write.SheetId, write.Top + 1 + first, write.Top + 1 + first + count, 0, write.Layout.Count);

    /// <summary>Takes the rows of a write one after the other, and keeps those that are to be sent.</summary>
    internal sealed class Making(FormerRows former)
    {
        private readonly List<(int First, List<RowData> Rows)> sent = [];
        private int next;
        private long bytes;

        /// <param name="place">Rising: 0 is the first record.</param>
        public bool IsSent(int place)
        {
            var kept = former.Kept;
            while (next < kept.Count && kept[next].After + kept[next].Count <= place) next++;
            return next == kept.Count || kept[next].After > place;
        }

        /// <param name="weight">Of the row as JSON.</param>
        /// <returns>False = they are more than one request may carry.</returns>
        public bool Add(int place, RowData row, long weight)
        {
            if (sent is [.., var last] && last.First + last.Rows.Count == place) last.Rows.Add(row);
            else sent.Add((place, [row]));
            return (bytes += weight) <= TabRows.MostBytes;
        }

        /// <summary>
        /// What moves down goes from the bottom up, what moves up from the top down: so none is overwritten before its turn.
        /// </summary>
        public TabPatch Finish()
        {
            var moves = Together();
            return new([.. moves.Where(run => run.Shift > 0).Reverse(), .. moves.Where(run => run.Shift < 0)], sent, bytes);
        }

        /// <summary>What moves as far is one copy, also of the rows in between that are sent afterwards.</summary>
        private List<RowRun> Together()
        {
            List<RowRun> moves = [];
            foreach (var run in former.Kept)
                if (moves is [.., var last] && last.Shift == run.Shift)
                    moves[^1] = last with { Count = run.Before + run.Count - last.Before };
                else
                    moves.Add(run);
            return moves;
        }
    }
}
