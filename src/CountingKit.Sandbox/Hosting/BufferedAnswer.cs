namespace CountingKit.Sandbox.Hosting;

/// <summary>Keeps an answer's body back until it may leave.</summary>
internal sealed class BufferedAnswer : IDisposable
{
    private readonly HttpResponse _response;
    private readonly Stream _wire;
    private readonly MemoryStream _body = new();

    public BufferedAnswer(HttpResponse response)
    {
        _response = response;
        _wire = response.Body;
        response.Body = _body;
    }

    public void Detach() => _response.Body = _wire;

    public async Task Send(CancellationToken ct)
    {
        if (_body.Length == 0) return;
        _response.ContentLength = _body.Length;
        if (HttpMethods.IsHead(_response.HttpContext.Request.Method)) return;
        _body.Position = 0;
        await _body.CopyToAsync(_response.Body, ct);
    }

    public void Dispose() => _body.Dispose();
}
