using System.Security.Cryptography;
using System.Text.Json;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The key of a Google service account, checked. Holds a secret: never printed.</summary>
public sealed class ServiceAccountKey : IDisposable
{
    private const int MostCharacters = 20_000;
    private readonly RSA rsa;

    private ServiceAccountKey(string json, string email, string keyId, RSA rsa) =>
        (Json, ClientEmail, KeyId, this.rsa) = (json, email, keyId, rsa);

    /// <summary>
    /// The address to share spreadsheets with. Once Google has taken a claim of this key it is proven to be the account's;
    /// nothing else in the file is.
    /// </summary>
    public string ClientEmail { get; }

    internal string KeyId { get; }

    /// <summary>As given, for sealing.</summary>
    internal string Json { get; }

    /// <param name="json">The key file's content.</param>
    /// <param name="options">
    /// The key's <c>token_uri</c> decides where a signed assertion goes, so it must be the configured one.
    /// </param>
    /// <exception cref="SpreadsheetException">CK-GOOGLE-KEY-01, -02; without a word of the key itself.</exception>
    public static ServiceAccountKey Parse(string json, GoogleOptions options)
    {
        var fields = Fields(json);
        if (Field("type") != "service_account")
            throw Refused("its type is not service_account. An OAuth client's file is something else");
        if (Field("client_email") is not { Length: > 2 } email || !email.Contains('@'))
            throw Refused("it has no client_email");
        if (!Uri.TryCreate(Field("token_uri"), UriKind.Absolute, out var tokenUrl) || tokenUrl != options.Token)
            throw new SpreadsheetException(SpreadsheetProblem.Configuration, GoogleCodes.KeyTokenUrl.Code,
                "The key names a token address that is not Google's (setting Google__TokenUrl). It was not used.");
        var rsa = Import(Field("private_key"));
        return new(json, email, Field("private_key_id") ?? "", rsa);

        string? Field(string name) => fields.GetValueOrDefault(name);
    }

    /// <summary>RS256 over the text's bytes.</summary>
    internal byte[] Sign(byte[] data) => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose() => rsa.Dispose();

    private static Dictionary<string, string> Fields(string json)
    {
        if (json.Length > MostCharacters) throw Refused("it is too large");
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Refused("it is not a JSON object");
            var fields = document.RootElement.EnumerateObject()
                .Where(p => p.Value.ValueKind == JsonValueKind.String)
                .DistinctBy(p => p.Name)
                .ToDictionary(p => p.Name, p => p.Value.GetString()!);
            return fields.Values.All(text => PlainText.Is(text)) ? fields : throw Refused("it has characters that are not text");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: half of a character, written as an escape.
            throw Refused("it is not JSON");
        }
    }

    private static RSA Import(string? pem)
    {
        if (pem is null || !pem.Contains("-----BEGIN PRIVATE KEY-----", StringComparison.Ordinal))
            throw Refused("it has no private_key in PEM");
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            if (rsa.KeySize >= 2048) return rsa;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw Refused("its private_key cannot be read");
        }
        rsa.Dispose();
        throw Refused("its private_key is shorter than 2048 bits");
    }

    // Without the cause: a parser's message may quote the key.
    private static SpreadsheetException Refused(string why) =>
        new(SpreadsheetProblem.Configuration, GoogleCodes.KeyFile.Code, $"This is not a service account's key: {why}.");
}
