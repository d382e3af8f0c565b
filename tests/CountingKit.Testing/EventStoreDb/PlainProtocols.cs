using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>
/// HTTP/1.1 and HTTP/2 on one port without TLS, as the server has it. Kestrel asks TLS which of the two it is; here the
/// first byte answers for it.
/// </summary>
internal static class PlainProtocols
{
    public static ConnectionDelegate Choose(ConnectionDelegate next) => async connection =>
    {
        var input = connection.Transport.Input;
        var read = await input.ReadAsync();
        var isHttp2 = !read.Buffer.IsEmpty && IsPreface(read.Buffer.First.Span);
        input.AdvanceTo(read.Buffer.Start);
        if (isHttp2)
        {
            connection.Features.Set<ITlsConnectionFeature>(new Pretended());
            connection.Features.Set<ITlsApplicationProtocolFeature>(new Pretended());
        }

        await next(connection);
    };

    /// <summary>"PRI * HTTP/2.0": no method of HTTP/1.1 begins like this.</summary>
    private static bool IsPreface(ReadOnlySpan<byte> first) =>
        first.StartsWith("PRI"u8) || "PRI"u8.StartsWith(first);

    private sealed class Pretended : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public Task<X509Certificate2?> GetClientCertificateAsync(
            CancellationToken ct) => Task.FromResult(ClientCertificate);
    }
}
