using CountingKit.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Adapters.Keys;

public static class KeysRegistration
{
    /// <summary>Data Protection's keys, in a folder of their own that only its owner may read.</summary>
    /// <param name="path">Setting <c>Keys__Path</c>; relative to <paramref name="root"/>.</param>
    /// <param name="certificate">Setting <c>Keys__Certificate</c>: wraps the keys; null = they lie in the folder as they are.</param>
    /// <exception cref="ArgumentException">The certificate cannot be used.</exception>
    public static IServiceCollection AddKeys(
        this IServiceCollection services, string path, string root, string? certificate = null)
    {
        var folder = Directory.CreateDirectory(Path.GetFullPath(path, root));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var keys = services.AddDataProtection().SetApplicationName("CountingKit").PersistKeysToFileSystem(folder);
        if (certificate is not null) keys.ProtectKeysWithCertificate(KeysCertificate.Load(Path.GetFullPath(certificate, root)));
        services.AddSingleton<ISecretBox, SecretBox>();
        return services;
    }
}
