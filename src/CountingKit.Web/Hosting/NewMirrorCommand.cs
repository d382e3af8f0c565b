namespace CountingKit.Web.Hosting;

/// <summary>
/// <c>dotnet CountingKit.Web.dll new-mirror</c>: the folder of <c>Mirror__Path</c> is the mirror from now on, for one that is
/// lost. Only a person can know that: a folder that is away may come back. Records are read from Xero anew; rows of earlier
/// runs are not.
/// </summary>
internal static class NewMirrorCommand
{
    public const string Name = "new-mirror";

    public static async Task Run(string[] args)
    {
        if (args.Length > 1) throw new FormatException($"Usage: {Name}");
        await using var app = ConsoleCommands.AppOnStorage();
        Console.Out.WriteLine(app.RenewMirror()
            ? "The folder of Mirror__Path is the mirror now. A portal that is running uses it at once, and runs that wait "
                + "for it go on within seconds. Runs read their data from Xero again; rows of earlier runs that are not in "
                + "the folder can no longer be shown or replayed."
            : "The folder of Mirror__Path is the mirror already. Nothing was changed.");
    }
}
