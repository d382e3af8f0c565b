namespace CountingKit.Testing.Sandbox;

/// <summary>A sandbox that somebody else started, by the addresses that a person comes past.</summary>
/// <param name="xero">With a last slash, as the others.</param>
/// <param name="app">The only app that may sign people in at either vendor; its secret is not checked.</param>
public sealed class FoundSandbox(Uri xero, Uri google, Uri control, string app) : ISandbox, IDisposable
{
    public SandboxControl Control { get; } = new(control);

    public HttpClient XeroHttp { get; } = ISandbox.Client(xero);

    public HttpClient GoogleHttp { get; } = ISandbox.Client(google);

    public string? XeroClientId => app;

    public string? GoogleClientId => app;

    public void Dispose()
    {
        Control.Dispose();
        XeroHttp.Dispose();
        GoogleHttp.Dispose();
    }
}
