namespace CountingKit.Testing.Sandbox;

/// <summary>A running sandbox, whoever started it.</summary>
public interface ISandbox
{
    SandboxControl Control { get; }

    /// <summary>Clients of the two vendors' ports. They follow no redirect and unpack nothing.</summary>
    HttpClient XeroHttp { get; }

    HttpClient GoogleHttp { get; }

    /// <summary>The only app that may sign people in; null = any.</summary>
    string? XeroClientId { get; }

    string? GoogleClientId { get; }

    protected internal static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
}
