/// <summary>
/// What .NET calls of an assembly in <c>DOTNET_STARTUP_HOOKS</c>; its name and place are given. It has nothing to do: being
/// loaded is enough for <see cref="CountingKit.Testing.Portal.PortalClock"/> to be found.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
    }
}
