using System.ComponentModel.DataAnnotations;
using CountingKit.Mirror;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CountingKit.Adapters.Mirror;

public static class MirrorRegistration
{
    /// <summary>The mirror and its DuckDB, of which a process has one.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public static IServiceCollection AddMirror(this IServiceCollection services, MirrorOptions options)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new(options), problems, validateAllProperties: true))
            throw new ArgumentException($"Mirror__{problems[0].MemberNames.First()} {problems[0].ErrorMessage}");

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options with { Path = Path.GetFullPath(options.Path) });
        services.AddSingleton<MirrorFolder>();
        services.AddSingleton<DuckDbInstance>();
        services.AddSingleton<SegmentCache>();
        services.AddSingleton<IMirror, FileMirror>();
        return services;
    }

    /// <summary>
    /// The vault, which is registered too, remembers the mirror: no other folder is taken for it. All portals of an
    /// installation share one.
    /// </summary>
    public static IServiceCollection AddMirrorBinding(this IServiceCollection services) =>
        services.AddSingleton<MirrorBinding>();

    /// <summary>Makes its folder, or knows it again. One that was there before is not made again.</summary>
    /// <exception cref="EventSourcing.FolderGoneException">It is away.</exception>
    public static void BeginMirror(this IServiceProvider services) =>
        services.GetRequiredService<MirrorFolder>().Begin();

    /// <inheritdoc cref="MirrorBinding.Renew"/>
    public static bool RenewMirror(this IServiceProvider services) =>
        services.GetRequiredService<MirrorFolder>().Renew();
}
