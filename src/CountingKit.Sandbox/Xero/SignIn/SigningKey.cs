using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>The RSA key behind every token, kept on disk. Tokens are JWTs signed with RS256.</summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>Making one takes long: the sandboxes that a process is one after another begin with the same.</summary>
    private static readonly Lazy<string> NewKey = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    });

    private readonly RSA _rsa = RSA.Create();
    private readonly Lock _lock = new();

    public SigningKey(string folder)
    {
        var file = Path.Combine(folder, "xero-signing-key.pem");
        if (!File.Exists(file))
        {
            File.WriteAllText(file + ".new", NewKey.Value);
            File.Move(file + ".new", file);
        }

        _rsa.ImportFromPem(File.ReadAllText(file));

        var publicKey = _rsa.ExportSubjectPublicKeyInfo();
        Id = Convert.ToHexString(SHA256.HashData(publicKey)).ToUpperInvariant()[..40];
    }

    public string Id { get; }

    public string Sign(object claims)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new { alg = "RS256", kid = Id, typ = "JWT", x5t = Thumbprint });
        var payload = JsonSerializer.SerializeToUtf8Bytes(claims);
        var text = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        lock (_lock)
        {
            var signature = _rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1);
            return $"{text}.{Base64Url.EncodeToString(signature)}";
        }
    }

    /// <summary>The claims of a token that this key signed; null for anything else.</summary>
    public JsonElement? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !parts.All(part => Base64Url.IsValid(part))) return null;
        var text = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        lock (_lock)
        {
            if (!_rsa.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return null;
        }

        return JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1]));
    }

    /// <summary>The public half, as a JSON Web Key Set.</summary>
    public object KeySet()
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", alg = "RS256", kid = Id, x5t = Thumbprint,
                    e = Base64Url.EncodeToString(key.Exponent), n = Base64Url.EncodeToString(key.Modulus),
                },
            },
        };
    }

    public void Dispose() => _rsa.Dispose();

    private string Thumbprint => Base64Url.EncodeToString(Convert.FromHexString(Id));
}
