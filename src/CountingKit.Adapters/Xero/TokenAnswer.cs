using CountingKit.Adapters.SignIns;

namespace CountingKit.Adapters.Xero;

/// <summary>The token endpoint's answer (Xero, OAuth 2.0). Never printed.</summary>
/// <param name="AccessToken">Empty = none came; then a refresh token did.</param>
/// <param name="ExpiresIn">Seconds.</param>
internal sealed record TokenAnswer(
    string AccessToken, int ExpiresIn, string? RefreshToken, string? IdToken, string? Scope)
{
    /// <summary>Seconds: what Xero's access tokens live, where it does not say.</summary>
    private const int UsualLife = 1800;

    /// <returns>Null = there is no token in it.</returns>
    public static TokenAnswer? Read(ReadOnlyMemory<byte> answer)
    {
        var fields = TokenFields.Read(answer);
        var (access, refresh) = (fields?["access_token"], fields?["refresh_token"]);
        return fields is null || (access ?? refresh) is null
            ? null
            : new(
                access ?? "", access is null ? 0 : fields.SecondsOfLife ?? UsualLife, refresh, fields["id_token"],
                fields["scope"]);
    }

    public override string ToString() => nameof(TokenAnswer);
}
