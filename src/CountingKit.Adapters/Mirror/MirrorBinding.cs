using System.Text;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// The vault and the mirror know each other: the mirror's folder bears the installation's id, and the vault remembers that
/// it does. So neither an empty folder, where a disk is not mounted, nor another installation's is taken for it. A mirror
/// from before there were such marks gets one at the next start.
/// </summary>
internal sealed class MirrorBinding(IDbContextFactory<VaultDb> vault)
{
    private const string Setting = "mirror";
    private const string Mark = "installation.id";

    /// <summary>The folder is somebody's mirror.</summary>
    public static bool IsMarked(string root) => File.Exists(Path.Combine(root, Mark));

    /// <summary>The folder becomes the installation's mirror if it has none yet; else it must be that.</summary>
    /// <param name="make">Makes the folder, durably, if it is not there.</param>
    /// <returns>False = the log has not named the installation yet, so nothing can be said or was done.</returns>
    /// <exception cref="FolderGoneException">The vault remembers another one.</exception>
    public bool Claim(string root, Action<string> make)
    {
        // The vault is asked first: what it remembers, another portal that starts now has marked before.
        using var db = vault.CreateDbContext();
        if (InstallationBinding.Known(db) is not { } installation) return false;
        var isRemembered = db.Settings.AsNoTracking().Any(s => s.Name == Setting);
        if (Marked(root) is not { } marked)
        {
            if (isRemembered || (!HoldsConnections(root) && db.SourceStates.Any()))
                throw new FolderGoneException(root, "does not hold this installation's mirror");
            Write(root, installation, make);
        }
        else if (marked != installation)
        {
            throw new FolderGoneException(root, "holds the mirror of another installation");
        }

        if (!isRemembered) Remember(db, installation);
        return true;
    }

    /// <summary>For a mirror that is lost: the folder is the installation's mirror from now on, whatever it holds.</summary>
    /// <returns>False = it was that already.</returns>
    /// <exception cref="ArgumentException">It cannot be: one line that begins with the setting.</exception>
    public bool Renew(string root, Action<string> make)
    {
        using var db = vault.CreateDbContext();
        if (InstallationBinding.Known(db) is not { } installation)
            throw new ArgumentException("Database__ConnectionString names a database that no portal was started on.");
        if (Marked(root) is { } marked)
            return marked == installation
                ? false
                : throw new ArgumentException("Mirror__Path names the mirror of another installation. Name an empty folder.");
        Write(root, installation, make);
        return true;
    }

    /// <returns>Null = nobody's; a mark that cannot be read is of no installation.</returns>
    private static Guid? Marked(string root)
    {
        if (!IsMarked(root)) return null;
        return Guid.TryParse(File.ReadAllText(Path.Combine(root, Mark)), out var id) ? id : Guid.Empty;
    }

    /// <summary>What was read into it before it was marked.</summary>
    private static bool HoldsConnections(string root) =>
        Directory.Exists(root)
        && Directory.EnumerateDirectories(root).Any(path => Guid.TryParseExact(Path.GetFileName(path), "N", out _));

    private static void Write(string root, Guid installation, Action<string> make)
    {
        make(root);
        using var file = new NewFile(root);
        file.Stream.Write(Encoding.ASCII.GetBytes($"{installation}"));
        file.Finish();
        file.Keep(Path.Combine(root, Mark));
    }

    private void Remember(VaultDb db, Guid installation)
    {
        db.Settings.Add(new SettingRow { Name = Setting, Value = $"{installation}" });
        try
        {
            db.SaveChanges();
        }
        catch (DbUpdateException)
        {
            // Another portal that starts now remembers the same.
            using var again = vault.CreateDbContext();
            if (!again.Settings.Any(s => s.Name == Setting)) throw;
        }
    }
}
