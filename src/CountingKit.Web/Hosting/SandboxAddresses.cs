namespace CountingKit.Web.Hosting;

/// <summary>Where the stand-ins listen, without a last slash.</summary>
internal sealed record SandboxAddresses(string Xero, string Google, string Control);
