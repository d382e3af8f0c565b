using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary>A refusal of the token endpoint (RFC 6749, 5.2).</summary>
internal sealed class OAuthError(int status, string code, string description) : Exception(description)
{
    public Answer ToAnswer() =>
        Answer.Json(new JsonObject { ["error"] = code, ["error_description"] = Message }, status);
}
