using CountingKit.Adapters.Database;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;

namespace CountingKit.Web.Hosting;

/// <summary>What the program does instead of serving, where its first argument is one of these words.</summary>
internal static class ConsoleCommands
{
    private static readonly Dictionary<string, Func<string[], Task>> All = new()
    {
        [MoveCommand.Name] = MoveCommand.Run,
        [MoveCommand.LogName] = MoveCommand.Run,
        [RestoreOwnerCommand.Name] = RestoreOwnerCommand.Run,
        [NewKeysCommand.Name] = NewKeysCommand.Run,
        [NewMirrorCommand.Name] = NewMirrorCommand.Run,
    };

    /// <returns>
    /// 0 = done; 1 = it could not be done, said in one line on standard error; null = the portal is asked for.
    /// </returns>
    public static async Task<int?> Run(string[] args)
    {
        try
        {
            if (Asked(args) is not { } command) return null;
            await command(args);
            return 0;
        }
        catch (Exception failed) when (failed is SettingException or FormatException or RefusedException or MoveException
            or EventStoreUnavailableException or OutcomeUnknownException or FolderGoneException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
        }
        catch (Exception away) when (DatabaseOutage.Told(away) is { } told)
        {
            await Console.Error.WriteLineAsync($"{told} Start this again.");
        }

        return 1;
    }

    /// <returns>
    /// Null = none: there is no argument, or all are settings such as <c>--urls=…</c>, <c>--urls …</c>, <c>/urls=…</c> or
    /// <c>urls=…</c>. A blank one is what a script's empty variable leaves.
    /// </returns>
    /// <exception cref="FormatException">
    /// It is another word, such as a mistyped command, or a command is not where it belongs, or a setting has no value: no
    /// portal is started for that.
    /// </exception>
    public static Func<string[], Task>? Asked(string[] args)
    {
        if (args is [var first, ..] && All.TryGetValue(first, out var command)) return command;
        for (var i = 0; i < args.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(args[i])) continue;
            var word = args[i].TrimStart('-', '/');
            var hasTwoDashes = args[i].StartsWith("--", StringComparison.Ordinal);
            var hasOneDash = !hasTwoDashes && args[i].StartsWith('-');
            if (!hasOneDash && word.Contains('=', StringComparison.Ordinal)) continue;
            if (All.ContainsKey(word))
                throw new FormatException($"The command {word} must be the first word, without - or / before it.");
            if (word == args[i])
                throw new FormatException($"There is no command {word}. {Known}");
            // The framework would pass over it without a word, or take the next setting for its value.
            if (hasOneDash || !IsSetting(word) || i + 1 == args.Length
                || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                throw new FormatException(
                    $"{args[i].Split('=')[0]} is no command and no setting with its value, such as --name=value. {Known}");
            i++; // The value of the setting.
        }

        return null;
    }

    /// <summary>Of those that stand alone, none has a dash in its name, as commands have.</summary>
    private static bool IsSetting(string word) =>
        word.Length > 0 && (word.Contains(':', StringComparison.Ordinal) || !word.Contains('-', StringComparison.Ordinal));

    private static string Known => $"Name one of {string.Join(", ", All.Keys)}, or none to start the portal.";

    /// <summary>Of a command, which writes to the console itself.</summary>
    public static WebApplicationBuilder Builder()
    {
        var builder = PortalDefaults.NewBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }

    /// <summary>With what the portal keeps, as its settings say.</summary>
    /// <exception cref="SettingException">One of them is wrong, or the database is missing.</exception>
    public static WebApplication AppOnStorage()
    {
        var builder = Builder();
        builder.AddSandboxData();
        builder.AddExistingStorage(PortalSettings.Read(builder.Configuration).Storage);
        return builder.Build();
    }
}
