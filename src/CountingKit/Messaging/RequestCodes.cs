namespace CountingKit.Messaging;

/// <summary>Why a request got no answer of its own, by stable code that ends in the status of HTTP.</summary>
public static class RequestCodes
{
    public static readonly ErrorCode OutOfDate = new(
        "CK-REQUEST-400", "That form is out of date",
        "The page was open too long, or was sent without its form. Go back, reload the page and send it again. A program: "
        + "check what it sends.");

    public static readonly ErrorCode SignIn = new(
        "CK-REQUEST-401", "Sign in first", "This needs a sign-in or an API key that is still good.");

    public static readonly ErrorCode Forbidden = new(
        "CK-REQUEST-403", "Not for your role", "Your role does not allow this. Ask an owner or admin of the workspace.");

    public static readonly ErrorCode NotFound = new(
        "CK-REQUEST-404", "Nothing here",
        "This address leads nowhere, or to something that you may not see. If a link brought you here, what it meant may be gone.");

    public static readonly ErrorCode WrongVerb = new(
        "CK-REQUEST-405", "That cannot be done here",
        "This address does not take what was sent to it. Go back and use the page's own buttons. If a program sent this, check its HTTP method.");

    public static readonly ErrorCode TookTooLong = new(
        "CK-REQUEST-408", "That took too long",
        "What you sent did not arrive in time. Check your connection and send it again.");

    public static readonly ErrorCode TooLarge = new(
        "CK-REQUEST-413", "That is too large",
        "What you sent is too large for this page. Nothing was changed. Go back and send less of it.");

    public static readonly ErrorCode WrongKind = new(
        "CK-REQUEST-415", "That cannot be read here",
        "This address takes no files and no data of that kind. Nothing was changed.");

    public static readonly ErrorCode OtherHost = new(
        "CK-REQUEST-421", "Not the portal's own address",
        "The portal answers only at its own address. Ask whoever looks after this installation for it (setting Portal__PublicUrl).");

    public static readonly ErrorCode Invalid = new(
        "CK-REQUEST-422", "Check what was entered", "Something was left out, or does not fit. Nothing was changed.");

    public static readonly ErrorCode TooMany = new(
        "CK-REQUEST-429", "Too many attempts", "There were too many failed attempts. Wait 15 minutes and try again.");

    public static readonly ErrorCode Bug = new(
        "CK-REQUEST-500", "Something went wrong",
        "That was our mistake, not yours. Try again in a moment. If it happens again, tell whoever looks after this "
        + "installation: its log has the details.");

    public static readonly ErrorCode Starting = new(
        "CK-REQUEST-503", "Just a moment",
        "The portal is reading its history. This page works again shortly; reload it then.");

    private static readonly ErrorCode Other = new(
        "CK-REQUEST-499", "That did not work", "The portal could not answer this request.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        OutOfDate, SignIn, Forbidden, NotFound, WrongVerb, TookTooLong, TooLarge, WrongKind, OtherHost, Invalid, TooMany,
        Other, Bug, Starting,
    ];

    /// <param name="status">Of HTTP, from 400.</param>
    public static ErrorCode Of(int status) =>
        All.FirstOrDefault(code => code.Code.EndsWith($"-{status}", StringComparison.Ordinal)) ?? (status >= 500 ? Bug : Other);
}
