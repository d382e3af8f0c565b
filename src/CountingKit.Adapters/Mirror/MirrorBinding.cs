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

    /// <summary>In the place of an id: what the mark holds is none.</summary>
    private static readonly Guid Damaged = Guid.Empty;

    /// <returns>Whose mirror the folder is; null = nobody's. A damaged mark is of no installation.</returns>
    /// <exception cref="FolderGoneException">The mark cannot be read; why, in words.</exception>
    public static Guid? Marked(string root)
    {
        try
        {
            return Guid.TryParse(File.ReadAllText(Path.Combine(root, Mark)), out var id) ? id : Damaged;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException
            || (gone is IOException or UnauthorizedAccessException && File.Exists(root)))
        {
            return null; // Nor does a file that stands in the folder's place bear one.
        }
        catch (UnauthorizedAccessException)
        {
            throw new FolderGoneException(root, $"cannot be read: the portal has no permission to read its file {Mark}");
        }
        catch (IOException)
        {
            throw new FolderGoneException(
                root, $"cannot be read: the disk reports an error on its file {Mark}, or another program has it open");
        }
    }

    /// <summary>The folder becomes the installation's mirror if it has none yet; else it must be that.</summary>
    /// <param name="make">Makes the folder, durably, if it is not there.</param>
    /// <returns>The installation; null = the log has not named it yet, so nothing can be said or was done.</returns>
    /// <exception cref="FolderGoneException">
    /// It is another installation's, or its mark is damaged or cannot be read; or it is nobody's, but the vault remembers a
    /// mirror, or what was read into one.
    /// </exception>
    public Guid? Claim(string root, Action<string> make)
    {
        // The vault is asked first: what it remembers, another portal that starts now has marked before.
        using var db = vault.CreateDbContext();
        if (InstallationBinding.Known(db) is not { } installation) return null;
        var isRemembered = db.Settings.AsNoTracking().Any(s => s.Name == Setting);
        // Where none was ever, one that cannot be looked into is a wrong setting, as making it tells.
        var marked = isRemembered || File.Exists(Path.Combine(root, Mark)) ? Marked(root) : null;
        if (marked is null)
        {
            if (isRemembered || (db.SourceStates.Any() && !HoldsConnections(db, root)))
                throw new FolderGoneException(
                    root, Directory.Exists(root) ? "does not hold this installation's mirror" : "is gone");
            Write(root, installation, make);
        }
        else if (marked == Damaged)
        {
            throw new FolderGoneException(root, $"has a damaged {Mark} file: it does not contain an installation ID");
        }
        else if (marked != installation)
        {
            throw new FolderGoneException(root, "holds the mirror of another installation");
        }

        if (!isRemembered) Remember(db, installation);
        return installation;
    }

    /// <summary>For a mirror that is lost: the folder is the installation's mirror from now on, whatever it holds.</summary>
    /// <returns>False = it was that already.</returns>
    /// <exception cref="ArgumentException">It cannot be: one line that begins with the setting.</exception>
    /// <exception cref="FolderGoneException">Its mark cannot be read.</exception>
    public bool Renew(string root, Action<string> make)
    {
        using var db = vault.CreateDbContext();
        if (InstallationBinding.Known(db) is not { } installation)
            throw new ArgumentException("Database__ConnectionString names a database that no portal was started on.");
        if (Marked(root) is { } marked)
            return marked == installation
                ? false
                : throw new ArgumentException(
                    (marked == Damaged
                        ? $"Mirror__Path names a folder whose {Mark} file is damaged: it does not contain an installation ID. "
                        : "Mirror__Path names the mirror of another installation. ")
                    + $"Name an empty folder or, if it does hold this installation's data, delete its file {Mark} first.");
        Write(root, installation, make);
        return true;
    }

    /// <summary>Before it was marked, something was read into it from a connection that the vault knows.</summary>
    private static bool HoldsConnections(VaultDb db, string root) =>
        db.SourceStates.Select(s => s.ConnectionId).Distinct().ToList()
            .Select(id => Path.Combine(root, $"{id:N}", "segments"))
            .Any(path => Directory.Exists(path) && Directory.EnumerateFiles(path).Any());

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
