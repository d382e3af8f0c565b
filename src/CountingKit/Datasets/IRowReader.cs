namespace CountingKit.Datasets;

/// <summary>Reads records' bytes as received into the typed cells of their rows. Not for two threads at once.</summary>
public interface IRowReader
{
    /// <summary>
    /// The row's place among its record's, from 1; 0 = it stands for rows that can't be read: the list is none.
    /// </summary>
    int Place { get; }

    /// <summary>Goes to the rows of a record. Never throws, whatever it holds.</summary>
    /// <param name="key">The record's.</param>
    void Open(string key, ReadOnlyMemory<byte> json);

    /// <summary>The cells of the next row, in the order of the columns.</summary>
    /// <param name="unreadable">Set for each column whose value can't be read; its cell is null.</param>
    /// <param name="isWhole">True = everything could be read.</param>
    /// <returns>False = there is no other.</returns>
    bool Next(Span<CellValue> cells, Span<bool> unreadable, out bool isWhole);
}
