using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.History;

/// <summary>What can go wrong while past rows are read, told as a "no".</summary>
internal static class Readings
{
    private const string Ask = "Ask whoever looks after this installation";

    /// <exception cref="RefusedException">What is read is damaged or away, or there is not enough memory.</exception>
    public static async Task<T> Guard<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (MirrorDamagedException damaged)
        {
            throw new RefusedException(
                MirrorCodes.FileDamaged, $"{MirrorCodes.FileDamaged.Title}. {Ask} to restore it from a backup.", damaged);
        }
        catch (MirrorMemoryException limit)
        {
            throw new RefusedException(
                MirrorCodes.MemoryLow, $"{MirrorCodes.MemoryLow.Title}. {Ask} to raise the setting Mirror__MemoryLimit.", limit);
        }
        catch (FolderGoneException gone)
        {
            throw new RefusedException(
                HistoryCodes.RowsAway, $"{HistoryCodes.RowsAway.Title}. {HistoryCodes.RowsAway.Advice}", gone);
        }
    }
}
