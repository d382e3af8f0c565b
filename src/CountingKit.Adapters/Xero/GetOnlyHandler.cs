namespace CountingKit.Adapters.Xero;

/// <summary>The last line before the network: the Accounting API is only ever read.</summary>
internal sealed class GetOnlyHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Get && request.Content is null
            ? base.SendAsync(request, cancellationToken)
            : throw new InvalidOperationException($"The Accounting API is only read: no {request.Method}.");
}
