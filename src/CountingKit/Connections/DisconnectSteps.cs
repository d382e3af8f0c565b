namespace CountingKit.Connections;

/// <summary>The steps of disconnecting, in order, as they stand in events.</summary>
public static class DisconnectSteps
{
    public const string RemoveExporters = "remove-exporters";
    public const string RemoveAtXero = "remove-at-xero";
    public const string RevokeSignIn = "revoke-sign-in";
    public const string ForgetSignIn = "forget-sign-in";
    public const string Release = "release";

    public static readonly IReadOnlyList<string> All =
        [RemoveExporters, RemoveAtXero, RevokeSignIn, ForgetSignIn, Release];

    /// <summary>As people read it.</summary>
    public static string Words(string step) => step switch
    {
        RemoveExporters => "its exporters and queued work are removed",
        RemoveAtXero => "Xero is told to forget the connection",
        RevokeSignIn => "the sign-in is revoked where nothing else uses it",
        ForgetSignIn => "its link to the sign-in is removed here",
        Release => "the organization is free to be connected again",
        _ => step,
    };
}
