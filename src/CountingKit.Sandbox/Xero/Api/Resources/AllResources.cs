namespace CountingKit.Sandbox.Xero.Api.Resources;

/// <summary>Every list of records that can be read.</summary>
internal static class AllResources
{
    private static readonly Dictionary<string, Resource> ByName =
        ((Resource[])[.. SettingsResources.All, .. TradeResources.All, .. CashResources.All])
            .ToDictionary(resource => resource.Name);

    public static Resource? Named(string name) => ByName.GetValueOrDefault(name);
}
