namespace CountingKit.Web.Hosting;

internal static class PortalDefaults
{
    private const string Address = "http://localhost:5080";

    /// <summary>Where the portal listens when nothing says otherwise.</summary>
    public static void AddPortalDefaults(this WebApplicationBuilder builder)
    {
        string[] given = [WebHostDefaults.ServerUrlsKey, "HTTP_PORTS", "HTTPS_PORTS"];
        if (given.All(key => string.IsNullOrEmpty(builder.Configuration[key]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(Address);
    }
}
