using CountingKit.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Adapters.Keys;

public static class KeysRegistration
{
    /// <summary>Data Protection's keys, in a folder of their own that only its owner may read.</summary>
    /// <param name="path">Setting <c>Keys__Path</c>; relative to <paramref name="root"/>.</param>
    public static IServiceCollection AddKeys(this IServiceCollection services, string path, string root)
    {
        var folder = Directory.CreateDirectory(Path.GetFullPath(path, root));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddDataProtection().SetApplicationName("CountingKit").PersistKeysToFileSystem(folder);
        services.AddSingleton<ISecretBox, SecretBox>();
        return services;
    }
}
