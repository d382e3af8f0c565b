using System.Runtime.CompilerServices;
using CountingKit.Testing.Portal;

namespace CountingKit.Web.Tests;

/// <summary>These tests start the published portal more than a hundred times.</summary>
internal static class StartsOfPortals
{
    [ModuleInitializer]
    internal static void AreMany() => PublishedPortal.StartsOften = true;
}
