namespace CountingKit.Sandbox.Hosting;

/// <summary>
/// What a stand-in tells about the request it carries out; the journal writes it down. Fetch it with
/// <c>RequestNote.Of(context)</c>.
/// </summary>
internal sealed class RequestNote
{
    /// <summary>Who acted: an email address or a person's id at the vendor.</summary>
    public string? Account { get; set; }

    /// <summary>The organization (Xero's tenant id).</summary>
    public string? Tenant { get; set; }

    /// <summary>The query string, only where it cannot hold a secret.</summary>
    public string? Query { get; set; }

    /// <summary>The request changes, or asked to change, the vendor's business data.</summary>
    public bool Write { get; set; }

    /// <summary>Every visible tab after a request that could change a spreadsheet.</summary>
    public IReadOnlyList<TabHash>? Tabs { get; set; }

    public static RequestNote Of(HttpContext context) => context.Features.Get<RequestNote>()
        ?? throw new InvalidOperationException("The request did not come through VendorTraffic.");
}
